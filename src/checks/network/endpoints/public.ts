import type { Manifest } from '../../../model/manifest.js';
import { suggest } from '../../../model/suggestion.js';
import { faultIn } from '../../support/pod/fault.js';
import { isServed, type PodTemplate } from '../../support/pod/template.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { Result } from './faults.js';
import type { ConfiguredAddress, Place } from './place.js';
import type { Directory } from './resolve.js';

/** A host and a path of a shipped Ingress or HTTPRoute to pods. */
interface Way {
  readonly manifest: Manifest;
  readonly host: string;
  /** The place of the path in the object. */
  readonly at: string;
  readonly page?: string;
  /** Whether it also matches longer paths. */
  readonly isPrefix: boolean;
}

/** Faults of routes to servers: the public addresses of the servers must be served by them. */
export const publicFaults = (
  places: readonly Place[],
  { manifests, terminatedElsewhere }: Directory,
): Result[] => [
  ...places.flatMap(({ template, publicAddresses }) => {
    const ways = waysTo(template, manifests);
    return ways.length === 0
      ? []
      : publicAddresses.flatMap((one) => addressFaults(one, ways, terminatedElsewhere));
  }),
  ...manifests.filter(({ object }) => object.kind === 'Ingress').flatMap(withoutBackend),
];

const addressFaults = (
  one: ConfiguredAddress,
  ways: readonly Way[],
  terminated: readonly string[],
): Result[] => {
  const mine = ways.filter(({ host }) => host === one.host);
  if (mine.length === 0) return [unknownHost(one, [...new Set(ways.map(({ host }) => host))])];
  return [
    ...unreachedPages(one, mine),
    ...(terminated.includes(one.host) ? [] : withoutCertificate(one, mine)),
  ];
};

const unknownHost = (
  { path, value, host, at }: ConfiguredAddress,
  hosts: readonly string[],
): Result => {
  const suggestion = suggest(host, hosts);
  return at({
    path,
    fault: 'unknown-host',
    value,
    remedy: `Use ${hosts.join(' or ')}.`,
    ...(suggestion && { suggestion }),
  });
};

/** Reports a route that does not match all pages of a server. */
const unreachedPages = ({ text, value }: ConfiguredAddress, ways: readonly Way[]): Result[] => {
  const [, rest = ''] = /:\/\/[^/\s]+(\/[^\s?#]*)?/.exec(text) ?? [];
  const below = `${rest.replace(/\/$/, '')}/`;
  const leads = ({ page, isPrefix }: Way): boolean =>
    isPrefix && page !== undefined && below.startsWith(`${page.replace(/\/$/, '')}/`);
  const [first] = ways;
  if (!first || ways.some(leads)) return [];
  return [
    faultIn(first.manifest, {
      path: first.at,
      fault: 'unreached-pages',
      message: `The route does not cover all pages below ${value}${below}.`,
      value: first.page,
      remedy: `Set it to ${below}, as a prefix.`,
    }),
  ];
};

/** Reports an Ingress without a certificate for the host of an https address. */
const withoutCertificate = ({ host, text }: ConfiguredAddress, ways: readonly Way[]): Result[] =>
  [...new Set(ways.map(({ manifest }) => manifest))]
    .filter(({ object }) => object.kind === 'Ingress' && /https:\/\//.test(text))
    .filter(({ object }) => {
      const named = listOf(object.spec?.tls).flatMap(({ hosts }) => listOf(hosts));
      return !named.some((one) => one === host || one === host.replace(/^[^.]+/, '*'));
    })
    .map((manifest) =>
      faultIn(manifest, {
        path: 'spec.tls',
        fault: 'no-certificate',
        value: host,
      }),
    );

/** Reports hosts of an Ingress without a path. */
const withoutBackend = (manifest: Manifest): Result[] => {
  const { rules, defaultBackend } = recordOf(manifest.object.spec);
  if (defaultBackend) return [];
  return listOf(rules).flatMap(({ host, http }, index) =>
    listOf(http?.paths).length > 0
      ? []
      : [
          faultIn(manifest, {
            path: `spec.rules[${index}].http`,
            fault: 'no-backend',
            value: host,
          }),
        ],
  );
};

const waysTo = (template: PodTemplate, manifests: readonly Manifest[]): Way[] => {
  const near = manifests.filter(({ object }) => object.metadata.namespace === template.namespace);
  const services = near
    .filter(({ object }) => object.kind === 'Service' && isServed(object, template))
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
