import { clientPort } from '../model/endpoint.js';
import { objectName, type StackNames, serviceHost } from '../model/identity.js';
import type { LocatedParty } from './locate.js';
import { outsideGrafanas } from './outside-grafana.js';

/**
 * URL of the Grafana that shows the dashboards, without a trailing slash: that of the stack, or else an
 * outside one; undefined if there is none.
 */
export const dashboardsUrl = (
  parties: readonly LocatedParty[],
  names: StackNames,
): string | undefined => {
  for (const { name, own, workloads, endpoints, readme } of parties) {
    const endpoint = Object.values(endpoints).find(({ offers }) =>
      offers.some(({ capability }) => capability === 'dashboards'),
    );
    if (!own || !endpoint) continue;
    if (readme?.page?.url) return readme.page.url.replace(/\/$/, '');
    const workload = endpoint.workload ?? Object.keys(workloads)[0] ?? name;
    const location = workloads[workload];
    if (location?.kind !== 'pods') continue;
    const host = serviceHost({
      name: objectName(names.stack, workload),
      namespace: location.namespace,
    });
    return `${endpoint.scheme ?? 'http'}://${host}:${clientPort(endpoint)}`;
  }
  return outsideGrafanas(parties, names)[0]?.url;
};
