import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { rawScrapeConfig } from '../schema/prometheus/scrape-config.js';
import { secretReference } from './fields.js';
import { place } from './place.js';
import { bareAddress, placed, type Server, serverAt } from './server.js';

const config = z.lazy(() =>
  rawScrapeConfig(secretReference).superRefine((one, { addIssue }) => {
    const fault = (path: (string | number)[], message: string, input: unknown): void =>
      addIssue({ code: 'custom', path, message, input });
    if (!one.static_configs && !one.dns_sd_configs) {
      fault(['static_configs'], 'a list of targets, or their names in dns_sd_configs', undefined);
    }
    for (const [index, step] of (one.relabel_configs ?? []).entries()) {
      if (!('target_label' in step) || step.target_label !== '__address__') continue;
      if (isConstant(step) && addressOf(`${step.replacement}`)) continue;
      const message =
        'another label, or set the same address for all targets: { target_label, replacement }';
      fault(['relabel_configs', index, 'target_label'], message, '__address__');
    }
    if (constantOf(one) !== undefined) return;
    for (const [group, { targets }] of (one.static_configs ?? []).entries()) {
      for (const [index, target] of targets.entries()) {
        if (addressOf(target)) continue;
        const message = "a host and a port such as 'db.example.com:9100'";
        fault(['static_configs', group, 'targets', index], message, target);
      }
    }
  }),
);

/** A scrape job in native Prometheus configuration. */
export const scrapeConfig = z
  .strictObject({
    /**
     * Where the targets are. Pods listen on the ports in `config`.
     * @default - IP addresses: themselves; names: any address outside private ranges, listed as open
     */
    at: place.optional(),
    /** Where the server of `oauth2` is. @default - any address outside private ranges, listed as open */
    loginAt: place.optional(),
    /** Why the certificate cannot be verified, for `insecure_skip_verify`; listed in the generated README. */
    unverified: z.string().min(10).optional(),
    /**
     * Such as `{ job_name: 'switches', static_configs: [{ targets: ['10.1.2.3:9100'] }] }`. The estimate
     * counts `sample_limit` series for each target, by default 5000.
     */
    config,
  })
  .superRefine(({ at, loginAt, unverified, config }, context) => {
    const fault = (path: string, message: string, input: unknown): void =>
      context.addIssue({ code: 'custom', path: [path], message, input });
    const skips = config.tls_config?.insecure_skip_verify;
    if (skips && unverified === undefined) {
      fault('unverified', 'the reason why the certificate cannot be verified', undefined);
    }
    if (!skips && unverified !== undefined) {
      fault('unverified', 'nothing: tls_config has no insecure_skip_verify', unverified);
    }
    const targets = targetsOf(config);
    placed(
      'at',
      at,
      // An IP address needs no `at`.
      targets.filter(({ host }) => bareAddress(host) === undefined),
      context,
    );
    placed('loginAt', loginAt, loginOf(config), context);
    const stray = targets.find(({ host }) => {
      const address = bareAddress(host);
      return at && address !== undefined && !contains(at, address);
    });
    if (stray) fault('at', `a place that contains the target ${stray.host}`, at);
  });

/** A validated scrape job in native Prometheus configuration. */
export type ScrapeConfig = z.output<typeof scrapeConfig>;

type Config = ScrapeConfig['config'];
/** An address that Prometheus connects to. */
/** An address that Prometheus scrapes. */
type Target = Required<Pick<Server, 'host' | 'port'>>;

/** The server at which a job logs in. */
export const loginOf = ({ oauth2 }: Config): Server[] =>
  oauth2 ? [serverAt(oauth2.token_url)] : [];

/** The addresses that a job scrapes. */
export const targetsOf = (config: Config): readonly Target[] => {
  const constant = constantOf(config);
  const listed = (config.static_configs ?? []).flatMap(({ targets }) => targets);
  const all = [
    ...(constant === undefined ? listed : [constant]).flatMap((one) => addressOf(one) ?? []),
    ...(config.dns_sd_configs ?? []).flatMap(({ names, port }) =>
      names.map((host) => ({ host, port })),
    ),
  ];
  return [...new Map(all.map((one) => [`${one.host}:${one.port}`, one])).values()];
};

type Step = NonNullable<Config['relabel_configs']>[number];

const isConstant = (step: Step): step is Extract<Step, { action?: 'replace' }> =>
  step.action === 'replace' &&
  step.target_label === '__address__' &&
  step.source_labels === undefined &&
  step.regex === undefined;

/** The address that relabelling sets for all targets, such as that of an exporter that queries them. */
const constantOf = ({ relabel_configs = [] }: Config): string | undefined =>
  relabel_configs.findLast(isConstant)?.replacement;

const addressOf = (text: string): Target | undefined => {
  const [, host = '', port] =
    /^(\[[\da-fA-F:.]+\]|[\w-]+(?:\.[\w-]+)*):([1-9]\d{0,4})$/.exec(text) ?? [];
  return host === '' || Number(port) > 65535 ? undefined : { host, port: Number(port) };
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
