import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { isLoopback, isNumber } from '../schema/private-host.js';
import { relabel } from '../schema/prometheus/relabelling.js';
import { rawScrapeConfig } from '../schema/prometheus/scrape-config.js';
import { port, secretReference } from './fields.js';
import { checkClient, isDirect } from './native-client.js';
import { place } from './place.js';
import { bareAddress, isOwnPlace, type Server, whereText } from './server.js';

const config = z.lazy(() =>
  rawScrapeConfig(secretReference).superRefine((one, { addIssue }) => {
    if (!hasTargets(one)) {
      const message = 'a list of targets, or their names in dns_sd_configs';
      addIssue({ code: 'custom', path: ['static_configs'], message, input: undefined });
    }
    targetFaults(one, { addIssue });
  }),
);

/** Whether the name of a Service has before it something else than the port and the protocol TCP. */
const isOtherRecord = (name: string): boolean =>
  /^_[^.]+\.[^.]+\.[^.]+\.svc(?:\.|$)/.test(name) ||
  /^(?:_[^.]+\.(?!_?tcp\.)[^.]+|(?!_)[^.]+\._(?!tcp\.)[^.]+)\.[^.]+\.[^.]+\.svc(?:\.|$)/.test(name);

/** What native discovery and relabelling of targets consist of, of a job or of `alertmanagers`. */
export type NativeTargets = Pick<
  Config,
  'scheme' | 'static_configs' | 'dns_sd_configs' | 'relabel_configs'
> &
  Partial<Pick<Config, 'params' | 'metrics_path' | 'job_name'>>;

/** Whether a job or an entry of `alertmanagers` has targets. */
export const hasTargets = ({
  static_configs = [],
  dns_sd_configs = [],
}: Pick<NativeTargets, 'static_configs' | 'dns_sd_configs'>): boolean =>
  dns_sd_configs.length > 0 || static_configs.some(({ targets = [] }) => targets.length > 0);

/** Reports targets whose address is not known. */
export const targetFaults = (
  one: NativeTargets,
  { addIssue }: Pick<z.RefinementCtx, 'addIssue'>,
): void => {
  const fault = (path: (string | number)[], message: string, input: unknown): void =>
    addIssue({ code: 'custom', path, message, input });
  const groups = [...(one.static_configs ?? []).entries()];
  const discovers = (one.dns_sd_configs ?? []).length > 0;
  const listed = groups.flatMap(([, { targets = [], labels }]) =>
    targets.map((target) => addressAfter(one, target, labels)),
  );
  if (!discovers && listed.length > 0 && listed.every((address) => address === undefined)) {
    fault(['relabel_configs'], 'steps that keep a target and its __address__', one.relabel_configs);
  }
  for (const [group, { targets = [], labels }] of groups) {
    for (const [index, target] of targets.entries()) {
      const address = addressAfter(one, target, labels);
      if (address === undefined || addressOf(address, one)) continue;
      const message = "a host and a port such as 'db.example.com:9100'";
      fault(['static_configs', group, 'targets', index], message, target);
    }
  }
  for (const [index, { names = [], ...rest }] of (one.dns_sd_configs ?? []).entries()) {
    for (const [place, name] of names.entries()) {
      if (!isOfRecords(rest) || !isOtherRecord(`${name}`)) continue;
      const message = "the record of a TCP port such as '_metrics._tcp.db.shop.svc.cluster.local'";
      fault(['dns_sd_configs', index, 'names', place], message, name);
    }
  }
  // The addresses of these targets are known only in the cluster.
  for (const [index, step] of discovers ? (one.relabel_configs ?? []).entries() : []) {
    if (step.target_label !== '__address__' || constantOf(one) !== undefined) continue;
    const message =
      'another label, or set the same address for all targets: { target_label, replacement }';
    fault(['relabel_configs', index, 'target_label'], message, '__address__');
  }
};

/** A scrape job in native Prometheus configuration. */
export const scrapeConfig = z
  .strictObject({
    /**
     * Where the targets are.
     * @default - IP addresses: themselves; names: any address outside private ranges, listed as open
     */
    at: place.optional(),
    /** The ports of the targets that SRV records in `dns_sd_configs` contain. @default - none */
    ports: z.array(port).min(1).optional(),
    /**
     * The ports of the pods, by the address of a Service with another port: `{ 'db.shop.svc:80': 9187 }`.
     * @default - pods listen on the ports of the addresses
     */
    podPorts: z.record(z.string().regex(/^.+:\d+$/), port).optional(),
    /** Where the server of `oauth2` is. @default - any address outside private ranges, listed as open */
    loginAt: place.optional(),
    /** Where the proxy of `proxy_url` is. @default - as for `at` */
    proxyAt: place.optional(),
    /** Why the certificate cannot be verified, for `insecure_skip_verify`; listed in the generated README. */
    unverified: z.string().min(10).optional(),
    /**
     * Such as `{ job_name: 'switches', static_configs: [{ targets: ['10.1.2.3:9100'] }] }`. The estimate
     * counts `sample_limit` series for each target, by default 5000.
     */
    config,
  })
  .superRefine(({ config, ports, podPorts, ...places }, context) => {
    const fault = (path: string, message: string, input: unknown): void =>
      context.addIssue({ code: 'custom', path: [path], message, input });
    const hasRecords = (config.dns_sd_configs ?? []).some(isOfRecords);
    if (hasRecords && !ports) fault('ports', 'the ports in the SRV records, such as [9100]', ports);
    if (!hasRecords && ports) fault('ports', 'nothing: no dns_sd_configs reads SRV records', ports);
    const targets = targetsOf(config, ports);
    const { at } = places;
    const itself = targets.find(({ host }) => isLoopback(host));
    if (itself && at === undefined && isDirect(config)) {
      const why = 'That is the pod of Prometheus itself: remove a job that only scrapes Prometheus';
      fault('at', `${whereText(itself.host)}. ${why}`, undefined);
    }
    // An IP address needs no `at`.
    const named = targets.filter(({ host }) => !isOwnPlace(host) && !isLoopback(host));
    checkClient(places, config, named, context);
    const stray = targets.find(({ host }) => {
      const address = bareAddress(host);
      return at && address !== undefined && !contains(at, address);
    });
    if (stray) fault('at', `a place that contains the target ${stray.host}`, at);
  });

/** A validated scrape job in native Prometheus configuration. */
export type ScrapeConfig = z.output<typeof scrapeConfig>;

type Config = ScrapeConfig['config'];

/** An address that Prometheus scrapes. */
type Target = Required<Pick<Server, 'host' | 'port'>>;

/** The addresses that a job scrapes; `ports` are those in SRV records. */
export const targetsOf = (
  config: NativeTargets,
  ports: readonly number[] = [],
): readonly Target[] => {
  const constant = constantOf(config);
  const listed = (config.static_configs ?? []).flatMap(({ targets = [], labels }) =>
    targets.flatMap((target) => addressAfter(config, target, labels) ?? []),
  );
  const discovered = (config.dns_sd_configs ?? []).flatMap((one) =>
    one.names.flatMap((host) =>
      (isOfRecords(one) ? ports : [Number(one.port)]).map((port) => ({ host, port })),
    ),
  );
  const all = [
    ...listed.flatMap((one) => addressOf(one, config) ?? []),
    ...(constant === undefined
      ? discovered
      : [addressOf(constant, config)].flatMap((one) => one ?? [])),
  ];
  return [...new Map(all.map((one) => [`${one.host}:${one.port}`, one])).values()];
};

/** The names of the SRV records that a job reads. */
export const recordsOf = ({ dns_sd_configs = [] }: NativeTargets): string[] =>
  dns_sd_configs.filter(isOfRecords).flatMap(({ names }) => [...names]);

const isOfRecords = ({ type = 'SRV' }: { readonly type?: string }): boolean => type === 'SRV';

/** The address of a target after relabelling; undefined if the target is dropped. */
const addressAfter = (
  { relabel_configs, params = {}, scheme, metrics_path = '', job_name }: NativeTargets,
  target: string,
  labels: Readonly<Record<string, string>> = {},
): string | undefined => {
  const own = {
    ...(job_name !== undefined && { job: job_name }),
    __scheme__: scheme,
    __metrics_path__: metrics_path,
    ...Object.fromEntries(
      Object.entries(params).map(([key, [one = '']]) => [`__param_${key}`, one]),
    ),
    ...labels,
    __address__: target,
  };
  return relabel(own, relabel_configs as Parameters<typeof relabel>[1])?.__address__;
};

type Step = NonNullable<Config['relabel_configs']>[number];

const isConstant = ({ action = 'replace', target_label, regex = '.*', replacement = '$1' }: Step) =>
  action === 'replace' &&
  target_label === '__address__' &&
  ['.*', '(.*)'].includes(regex) &&
  !replacement.includes('$');

/** The address that relabelling sets for all targets, such as that of an exporter that queries them. */
const constantOf = ({ relabel_configs = [] }: NativeTargets): string | undefined => {
  const last = relabel_configs.findLast((step) => step.target_label === '__address__');
  return last && isConstant(last) ? last.replacement : undefined;
};

/** The host and port of an address; without a port, that of the scheme. */
const addressOf = (text: string, { scheme }: Pick<Config, 'scheme'>): Target | undefined => {
  const [, host = '', port = scheme === 'https' ? '443' : '80'] =
    /^(\[[\da-fA-F:.]+\]|[\w-]+(?:\.[\w-]+)*\.?)(?::([1-9]\d{0,4}))?$/.exec(text) ?? [];
  return host === '' || isNumber(host) || Number(port) > 65535
    ? undefined
    : { host, port: Number(port) };
};

const contains = (at: z.output<typeof place>, address: string): boolean =>
  at.kind === 'addresses' &&
  at.cidrs.some((cidr) => {
    // An invalid block has its own finding.
    if (!ipaddr.isValidCIDR(cidr)) return true;
    const [network, bits] = ipaddr.parseCIDR(cidr);
    const one = ipaddr.parse(address);
    return one.kind() === network.kind() && one.match(network, bits);
  });

/** The name of the party of a job's targets: the name of the job, as a valid Kubernetes name. */
export const partyNameOf = (jobName: string): string =>
  jobName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '');
