import { z } from 'zod';
import { partyNameOf, type ScrapeConfig } from '../config/scrape-config.js';
import { serverAt } from '../config/server.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Place } from '../model/finding.js';
import type { Location } from '../model/location.js';
import { health } from '../model/offer.js';
import { probeModules } from '../model/probe-module.js';
import { positiveDuration } from '../schema/format.js';
import { refused } from '../schema/refinement.js';
import type { Document } from './document.js';
import { applicationFinding } from './faults.js';
import { type Converted, readObject } from './monitor.js';
import type { Objects } from './object.js';
import { otherProber, proberOf } from './other-prober.js';
import type { ProbeTarget } from './probe-target.js';
import { serverPlace } from './server-place.js';

/** The module of the stack for pages without a certificate authority of their own. */
const [pages = ''] = probeModules;

const login = refused(
  'nothing: the blackbox-exporter of the stack has no login. For another prober, set prober.url to name.namespace.svc:port, and add its Service as YAML to applications/',
);

// The fields of https://github.com/prometheus-operator/prometheus-operator/tree/v0.95.2/pkg/apis/monitoring/v1
const spec = z.looseObject({
  interval: positiveDuration.optional(),
  module: z.string().optional(),
  targets: z
    .strictObject({
      staticConfig: z.looseObject({ static: z.array(z.string().min(1)).min(1) }).optional(),
      ingress: refused(
        'nothing: its hosts are known only in the cluster, so no network policy can allow them. List the pages in staticConfig.static',
      ),
    })
    .superRefine(({ staticConfig }, { addIssue }) => {
      const message = 'an object with static, the list of pages';
      if (!staticConfig) addIssue({ code: 'custom', path: ['staticConfig'], message });
    }),
  basicAuth: login,
  oauth2: login,
  bearerTokenSecret: login,
  authorization: login,
});

const object = z.object({ metadata: z.object({ name: z.string().min(1) }), spec });

/**
 * Converts a Probe: a job of the prober that it names, if the place of that is known. Otherwise its pages become
 * health pages, which the blackbox-exporter of the stack requests.
 */
export const probe = (
  document: Document,
  objects: Objects,
): Converted & { readonly job?: ScrapeConfig; readonly targets?: readonly ProbeTarget[] } => {
  if (proberOf(document, objects) !== undefined) return otherProber(document, objects);
  const { data, findings } = readObject(object, document);
  if (!data) return { findings };
  const { module, targets } = data.spec;
  const addresses = targets.staticConfig?.static ?? [];
  const isOfPages = Object.hasOwn(pageModules, module ?? '');
  const requested = isOfPages
    ? addresses.map((target) => pageOf(target, data.spec, document, objects))
    : [];
  const of = document.at('spec.module');
  const servers = isOfPages
    ? []
    : addresses.map((target) => targetOf(target, data.spec, document, objects, of));
  const unplaced = [...requested, ...servers].flatMap((page, index) =>
    page
      ? []
      : applicationFinding({
          fault: 'no-service',
          place: document.at(`spec.targets.staticConfig.static[${index}]`),
          message: 'The page is in the cluster, and its pods are unknown.',
          value: addresses[index],
          remedy:
            'Add its Service as YAML to applications/, and write its host as name.namespace.svc.',
        }),
  );
  if (unplaced.length > 0) return { findings: unplaced };
  const found = requested.flatMap((page) => page ?? []);
  const ignored = withoutEffect(data.spec);
  const warnings =
    ignored.length === 0
      ? []
      : [
          applicationFinding({
            fault: 'shared-prober',
            place: document.at('spec'),
            message: `The blackbox-exporter of the stack requests these pages. Without effect: ${ignored.join(', ')}.`,
          }),
        ];
  if (!isOfPages) {
    return { findings: warnings, targets: servers.flatMap((one) => one ?? []) };
  }
  return {
    findings: warnings,
    party: {
      name: partyNameOf(document.metadata.name),
      declaration: { ...document.at(), path: `Probe ${document.metadata.name}` },
      workloads: Object.fromEntries(found.map(({ location }, index) => [keyOf(index), location])),
      endpoints: Object.fromEntries(
        found.map(({ endpoint }, index) => [keyOf(index), { ...endpoint, workload: keyOf(index) }]),
      ),
      consumes: [],
    },
  };
};

const keyOf = (index: number): string => (index === 0 ? 'page' : `page-${index + 1}`);

/** Settings that the pages of the stack's blackbox-exporter have no equivalent of. */
const withoutEffect = ({
  targets,
  interval,
  module,
  ...others
}: z.output<typeof spec>): string[] => {
  const { static: pages, ...rest } = targets.staticConfig ?? {};
  const { prober, ...settings } = others as { readonly prober?: Readonly<Record<string, unknown>> };
  // The operator requires the URL of a prober, and its path is that of every blackbox-exporter.
  const isOther = Object.entries(prober ?? {}).some(
    ([name, value]) => !['url', 'scheme'].includes(name) && value !== '/probe',
  );
  return [
    ...(isOther ? ['prober'] : []),
    ...Object.keys(settings),
    ...Object.keys(rest).map((name) => `targets.staticConfig.${name}`),
  ];
};

/**
 * The modules for pages: that of every blackbox-exporter, which the operator uses by default, and that of the stack.
 * https://github.com/prometheus/blackbox_exporter/blob/v0.28.0/CONFIGURATION.md
 */
const http2xx = {
  status: [200, 201, 202, 203, 204, 205, 206, 207, 208, 226],
  followRedirects: true,
};
const pageModules: Readonly<
  Record<string, { status?: readonly number[]; followRedirects?: boolean }>
> = {
  '': http2xx,
  http_2xx: http2xx,
  [pages]: {},
};

/** The names of the modules for pages. */
export const pageModuleNames: readonly string[] = Object.keys(pageModules).filter(
  (name) => name !== '',
);

const targetOf = (
  target: string,
  { module = '', interval }: z.output<typeof spec>,
  document: Document,
  objects: Objects,
  of: Place,
): ProbeTarget | undefined => {
  const { host = '', port } = serverAt(/:\d+$/.test(target) ? target : `${target}:53`);
  const found = serverPlace(host, port, document, objects);
  if (!found) return undefined;
  const { location } = found;
  const { name } = document.metadata;
  return {
    name: partyNameOf(`${name} ${target}`),
    target,
    module,
    ...(interval && { interval }),
    at: location.kind === 'pods' ? { ...location, port: found.port } : location,
    declaration: { ...document.at(), path: `Probe ${name}` },
    of,
  };
};

const pageOf = (
  target: string,
  { module = '', interval }: z.output<typeof spec>,
  document: Document,
  objects: Objects,
): { readonly location: Location; readonly endpoint: Endpoint } | undefined => {
  const url = /^https?:\/\//.test(target) ? target : `http://${target}`;
  if (!URL.canParse(url)) return undefined;
  const { hostname, pathname, search } = new URL(url);
  const { scheme, port } = serverAt(url);
  const found = serverPlace(hostname, port, document, objects);
  if (!found) return undefined;
  return {
    location: found.location,
    endpoint: {
      port: found.port,
      ...(found.port !== port && { servicePort: port }),
      scheme: scheme === 'https' ? 'https' : 'http',
      host: hostname,
      verification: { kind: 'public-ca' },
      offers: [
        health(`${pathname}${search}`, {
          probe: { ...pageModules[module], ...(interval && { interval }) },
        }),
      ],
    },
  };
};
