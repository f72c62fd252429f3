import type { Finding } from '../../model/finding.js';
import type { Manifest } from '../../model/manifest.js';
import { suggest } from '../../model/suggestion.js';
import { selects } from '../network/selector.js';
import { errorIn } from '../pod/fault.js';
import type { PodTemplate } from '../pod/template.js';
import { listOf, recordOf } from '../reference/lenient.js';
import type { Place, Told } from './place.js';
import type { Directory } from './resolve.js';

type Result = Omit<Finding, 'check'>;

/** A host and a path by which an Ingress or an HTTPRoute of ours leads to pods. */
interface Way {
  readonly manifest: Manifest;
  readonly host: string;
  /** Where the path stands. */
  readonly at: string;
  readonly page?: string;
  /** Whether it leads to what is below it as well. */
  readonly isPrefix: boolean;
}

/** Whether people come by the addresses that servers say of themselves, where a route of ours leads to them. */
export const publicFaults = (places: readonly Place[], { manifests }: Directory): Result[] => [
  ...places.flatMap(({ template, called }) => {
    const ways = waysTo(template, manifests);
    return ways.length === 0 ? [] : called.flatMap((one) => addressFaults(one, ways));
  }),
  ...manifests.filter(({ object }) => object.kind === 'Ingress').flatMap(leadingNowhere),
];

const addressFaults = (one: Told, ways: readonly Way[]): Result[] => {
  const mine = ways.filter(({ host }) => host === one.host);
  if (mine.length === 0) return [unknownHost(one, [...new Set(ways.map(({ host }) => host))])];
  return [...unreachedPages(one, mine), ...withoutCertificate(one, mine)];
};

const unknownHost = ({ path, value, host, at }: Told, hosts: readonly string[]): Result => {
  const suggestion = suggest(host, hosts);
  return at({
    path,
    message: 'People do not come by this address: none of the routes that lead here has the host.',
    value,
    remedy: `Use ${hosts.join(' or ')}.`,
    ...(suggestion && { suggestion }),
  });
};

/** Whether some pages of a server are not led to. */
const unreachedPages = ({ text, value }: Told, ways: readonly Way[]): Result[] => {
  const [, rest = ''] = /:\/\/[^/\s]+(\/[^\s?#]*)?/.exec(text) ?? [];
  const below = `${rest.replace(/\/$/, '')}/`;
  const leads = ({ page, isPrefix }: Way): boolean =>
    isPrefix && page !== undefined && below.startsWith(`${page.replace(/\/$/, '')}/`);
  const [first] = ways;
  if (!first || ways.some(leads)) return [];
  return [
    errorIn(first.manifest, {
      path: first.at,
      message: `It does not lead to all pages below ${value}${below}.`,
      value: first.page,
      why: 'The server is told that people come by this address.',
      remedy: `Say ${below}, as a prefix.`,
    }),
  ];
};

/** Whether an Ingress has no certificate for a host by which people come over TLS. */
const withoutCertificate = ({ host, text }: Told, ways: readonly Way[]): Result[] =>
  [...new Set(ways.map(({ manifest }) => manifest))]
    .filter(({ object }) => object.kind === 'Ingress' && /https:\/\//.test(text))
    .filter(({ object }) => {
      const named = listOf(object.spec?.tls).flatMap(({ hosts }) => listOf(hosts));
      return !named.some((one) => one === host || one === host.replace(/^[^.]+/, '*'));
    })
    .map((manifest) =>
      errorIn(manifest, {
        path: 'spec.tls',
        message: 'No certificate is for the host by which people come.',
        value: host,
        why: 'Browsers are shown that of somebody else, and warn of it.',
        remedy: 'Name the host in an entry of tls, with the Secret of its certificate.',
      }),
    );

/** Hosts for which an Ingress has no path. */
const leadingNowhere = (manifest: Manifest): Result[] => {
  const { rules, defaultBackend } = recordOf(manifest.object.spec);
  if (defaultBackend) return [];
  return listOf(rules).flatMap(({ host, http }, index) =>
    listOf(http?.paths).length > 0
      ? []
      : [
          errorIn(manifest, {
            path: `spec.rules[${index}].http`,
            message: 'The host leads to no Service.',
            value: host,
            remedy: 'Name a path with its backend.',
          }),
        ],
  );
};

const waysTo = (template: PodTemplate, manifests: readonly Manifest[]): Way[] => {
  const near = manifests.filter(({ object }) => object.metadata.namespace === template.namespace);
  const services = near
    .filter(
      ({ object: { kind, spec } }) =>
        kind === 'Service' && selects({ matchLabels: recordOf(spec?.selector) }, template.labels),
    )
    .map(({ object }) => object.metadata.name);
  return near.flatMap((manifest) => {
    const { kind, spec } = manifest.object;
    if (kind === 'HTTPRoute') return routeWays(manifest, recordOf(spec), services);
    return kind === 'Ingress' ? ingressWays(manifest, recordOf(spec), services) : [];
  });
};

type Spec = Readonly<Record<string, unknown>>;

const ingressWays = (manifest: Manifest, { rules }: Spec, services: readonly string[]): Way[] =>
  listOf(rules).flatMap(({ host, http }, rule) =>
    listOf(http?.paths).flatMap(({ path: page, pathType, backend }, index) =>
      services.includes(backend?.service?.name)
        ? [
            {
              manifest,
              host: `${host}`,
              at: `spec.rules[${rule}].http.paths[${index}].path`,
              page,
              isPrefix: pathType !== 'Exact',
            },
          ]
        : [],
    ),
  );

const routeWays = (
  manifest: Manifest,
  { hostnames, rules }: Spec,
  services: readonly string[],
): Way[] =>
  listOf(rules).flatMap(({ backendRefs, matches = [{}] }, rule) =>
    listOf(backendRefs).some(({ name }) => services.includes(name))
      ? listOf(hostnames).flatMap((host) =>
          listOf(matches).map(({ path = { type: 'PathPrefix', value: '/' } }, index) => ({
            manifest,
            host: `${host}`,
            at: `spec.rules[${rule}].matches[${index}].path`,
            page: path.value,
            isPrefix: path.type !== 'Exact',
          })),
        )
      : [],
  );
