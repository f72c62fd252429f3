import { z } from 'zod';
import { dnsLabel, duration, url } from '../../config/fields.js';
import { internet, portOf } from '../../config/internet.js';
import type { OutgoingProxy } from '../../config/outgoing-proxy.js';
import { place } from '../../config/place.js';
import { partyNameOf } from '../../config/scrape-config.js';
import { addressBlock, bareAddress, isOwnPlace, placed, serverAt } from '../../config/server.js';
import type { Endpoint } from '../../model/endpoint.js';
import { health, offer } from '../../model/offer.js';
import type { Declaration, Party } from '../../model/party.js';
import { isNumber } from '../../schema/private-host.js';
import { type NativeModule, transportOf } from './native-module.js';

/** A page, or the target of a module. */
export const probe = z
  .strictObject({
    url: url.optional(),
    /** For a module of `modules`: host and port; for DNS, the port can be omitted, and ICMP has none. */
    target: z
      .string({ error: "a host and a port such as 'db.example.com:5432'" })
      .regex(/^(?:\[[\da-fA-F:.]+\]|[\w-]+(?:\.[\w-]+)*)(?::[1-9]\d{0,4})?$/)
      .refine((value) => !isNumber(value))
      .optional(),
    /** A name in `modules`. */
    module: z.string().optional(),
    /** Value of the label `service`. @default - from the host and the path */
    name: dnsLabel.optional(),
    /** How often it is probed. @default - the scrape interval */
    interval: duration.optional(),
    /** Status codes of a success. @default [200] */
    status: z.array(z.int().min(100).max(599)).min(1).optional(),
    /** Follows redirects: the last answer counts. @default false */
    followRedirects: z.boolean().optional(),
    /** Why the certificate cannot be verified; listed in the generated README. @default - it is verified */
    unverified: z.string().min(10).optional(),
    /** Where the server is. @default - any address outside private ranges, listed as open */
    at: place.optional(),
  })
  .superRefine((one, context) => {
    const { url: address, target, at, unverified } = one;
    const fault = (path: string, message: string, input: unknown): void =>
      context.addIssue({ code: 'custom', path: [path], message, input });
    if (address === undefined && target === undefined) {
      fault(
        'url',
        "the URL of a page, or set target and module: { target: 'host:port', module }",
        undefined,
      );
      return;
    }
    if (address !== undefined && target !== undefined) {
      fault('target', 'nothing: it cannot be used with url', target);
      return;
    }
    const server = address === undefined ? { host: hostOf(one) } : serverAt(address);
    // An IP address is its own place.
    const isHost = address !== undefined || /^[^/]+$/.test(hostOf(one));
    if (isHost && (address !== undefined || !isOwnPlace(hostOf(one)))) {
      placed('at', at, [server], context);
    }
    if (address === undefined) {
      if (one.module === undefined) fault('module', 'the name of a module in modules', undefined);
      for (const name of ['status', 'followRedirects'] as const) {
        if (one[name] !== undefined) fault(name, 'nothing: only a page has it', one[name]);
      }
      return;
    }
    if (one.module !== undefined) {
      fault('module', 'nothing: the module of a page results from its URL', one.module);
    }
    if (unverified === undefined || serverAt(address).scheme === 'https') return;
    fault('unverified', 'nothing: the page has no certificate', unverified);
  });

export type Probe = z.output<typeof probe> & {
  /** Where a monitor declares it. @default - an entry of the option */
  readonly declaration?: Declaration;
};

/** The host in the target of a module. */
const hostOf = ({ target = '' }: Pick<Probe, 'target'>): string => target.replace(/:\d+$/, '');

/** The name of the party, and the value of the label `service`. */
export const nameOf = ({
  name,
  url: address,
  target,
}: Pick<Probe, 'name' | 'url' | 'target'>): string => {
  if (name !== undefined) return name;
  if (address === undefined) return partyNameOf(`probe ${target}`);
  const { host, pathname } = new URL(address);
  return partyNameOf(`probe ${host}${pathname}`);
};

interface Setting {
  readonly modules: Readonly<Record<string, NativeModule>>;
  /** Why targets of ICMP probes are open on every port. @default - there are none */
  readonly icmp?: string | undefined;
  readonly proxy?: OutgoingProxy | undefined;
}

/** The pages and targets to probe, each as an outside party that offers `health`. */
export const probedPages = (
  probes: readonly Probe[],
  { modules, icmp, proxy: common }: Setting,
): Party[] =>
  probes.flatMap((one, index): Party[] => {
    const module = modules[one.module ?? ''];
    if (one.url === undefined && !module) return [];
    const name = nameOf(one);
    const proxy = isOutside(one) ? common : undefined;
    const endpoint = module ? targetOf(one, module, icmp) : pageOf(one, proxy);
    const address = bareAddress(endpoint.host);
    const block = address && addressBlock(address);
    return [
      {
        name,
        declaration: one.declaration ?? {
          path: `blackboxExporter.probes[${index}]`,
          name: one.name ? 'name' : one.url ? 'url' : 'target',
        },
        workloads: {
          [name]: one.at ?? proxy?.at ?? (block ? { kind: 'addresses', cidrs: [block] } : internet),
        },
        endpoints: { page: endpoint },
        consumes: [],
      },
    ];
  });

/** The proxy of the environment, if a page is requested through it. */
export const pageProxy = (probes: readonly Probe[], proxy?: OutgoingProxy): Party[] => {
  if (!proxy || !probes.some(isOutside)) return [];
  const { scheme, host = '', port } = serverAt(proxy.url);
  return [
    {
      name: 'probe-proxy',
      declaration: { path: 'proxy' },
      workloads: { 'probe-proxy': proxy.at },
      endpoints: {
        proxy: {
          port,
          scheme,
          host,
          verification: { kind: 'public-ca' },
          offers: [offer('probe-proxy')],
        },
      },
      consumes: [],
    },
  ];
};

/** Whether a page is requested through the proxy of the environment: at a name outside, without a place. */
export const isOutside = ({ url: address, at }: Probe): boolean =>
  address !== undefined && at === undefined && !isOwnPlace(new URL(address).hostname);

const pageOf = (one: Probe, proxy?: OutgoingProxy): Endpoint & { readonly host: string } => {
  const address = one.url ?? '';
  const { hostname, pathname, search } = new URL(address);
  const { scheme } = serverAt(address);
  return {
    // The policies allow the port of the proxy; the URL has that of the page.
    port: portOf(proxy?.url ?? address),
    ...(proxy && { servicePort: portOf(address) }),
    scheme: scheme === 'https' ? 'https' : 'http',
    host: hostname,
    verification: verificationOf(one),
    offers: [
      health(`${pathname}${search}`, {
        probe: { ...settingsOf(one), ...(proxy && { proxy: proxy.url }) },
      }),
    ],
  };
};

const targetOf = (
  one: Probe,
  module: NativeModule,
  icmp = '',
): Endpoint & { readonly host: string } => {
  const { target = '', module: name = '' } = one;
  const { protocol, port: usual } = transportOf(module);
  const host = hostOf(one);
  const port = Number(/:(\d+)$/.exec(target)?.[1] ?? usual);
  const native =
    protocol === 'ICMP'
      ? { module: name, target: host.replace(/[[\]]/g, '') }
      : { module: name, target: `${host}:${port}` };
  return {
    port,
    ...(protocol === 'ICMP' ? { icmp } : { protocol }),
    scheme: module.prober === 'grpc' ? 'grpc' : 'tcp',
    host,
    verification: verificationOf(one),
    offers: [health('/', { probe: { ...settingsOf(one), native } })],
  };
};

const verificationOf = ({ unverified }: Probe) =>
  unverified
    ? ({ kind: 'unverified', reason: unverified } as const)
    : ({ kind: 'public-ca' } as const);

const settingsOf = ({ interval, status, followRedirects }: Probe) => ({
  ...(interval !== undefined && { interval }),
  ...(status && { status }),
  ...(followRedirects !== undefined && { followRedirects }),
});
