import { clientPort, type Endpoint } from '../model/endpoint.js';
import type { StackNames } from '../model/identity.js';
import type { DashboardsOffer, Offer } from '../model/offer.js';
import type { LocatedParty } from './locate.js';

/** An outside Grafana that shows the dashboards of the stack. */
export interface OutsideGrafana {
  readonly party: string;
  /** Its URL, without a trailing slash. */
  readonly url: string;
  /** Namespace of the ConfigMaps with the dashboards. */
  readonly namespace: string;
  /** Labels with which Grafana finds these ConfigMaps. */
  readonly labels: Readonly<Record<string, string>>;
  /** Annotation with the title of the folder. */
  readonly folderAnnotation: string;
}

/** The outside parties that offer `dashboards`, each with its first such endpoint. */
export const outsideGrafanas = (
  parties: readonly LocatedParty[],
  { namespaces }: StackNames,
): OutsideGrafana[] =>
  parties
    .filter(({ own }) => !own)
    .flatMap(({ name, endpoints }) => {
      const [first] = Object.values(endpoints).flatMap((endpoint) =>
        endpoint.offers.filter(isDashboards).map((offer) => ({ endpoint, offer })),
      );
      if (!first) return [];
      const { path = '', configMaps } = first.offer;
      return {
        party: name,
        url: `${originOf(first.endpoint)}${path}`.replace(/\/$/, ''),
        namespace: namespaces.stack,
        labels: { grafana_dashboard: '1' },
        folderAnnotation: 'grafana_folder',
        ...configMaps,
      };
    });

const isDashboards = (offer: Offer): offer is DashboardsOffer => offer.capability === 'dashboards';

const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443 };

const originOf = (endpoint: Endpoint): string => {
  const { scheme = 'http', host = '' } = endpoint;
  const port = clientPort(endpoint);
  return `${scheme}://${host}${port === defaultPorts[scheme] ? '' : `:${port}`}`;
};
