import { alertmanagerServers } from '../../../components/prometheus/outside-alertmanagers.js';
import { remoteRead, remoteWrite } from '../../../components/prometheus/remote.js';
import { secretReference } from '../../../config/fields.js';
import { isDirect, loginsOf, type NativeClient, proxiesOf } from '../../../config/native-client.js';
import { type NativeTargets, targetsOf } from '../../../config/scrape-config.js';
import { isOwnPlace, type Server, serverAt } from '../../../config/server.js';
import { isLoopback, isPrivate } from '../../../schema/private-host.js';
import { discoveries } from '../../../schema/prometheus/engine.js';
import { rawScrapeConfig, unknownTargets } from '../../../schema/prometheus/scrape-config.js';
import type { LeftField } from './convert.js';
import { baseOf } from './file-name.js';
import type { Known } from './known.js';
import type { Path } from './path.js';
import type { NativeFile } from './piece.js';
import { placeOf } from './place.js';
import { withoutRefused } from './refused.js';

type Fields = Readonly<Record<string, unknown>>;

interface Context {
  readonly known: Known;
  readonly file: NativeFile;
  readonly left: LeftField[];
}

const schemas = { alertmanagers: alertmanagerServers, remoteWrite, remoteRead };

/** A server that Prometheus connects to, with its place; undefined if it is left out. */
export const serverEntry = (
  option: keyof typeof schemas,
  value: Fields,
  path: Path,
  context: Context,
): object | undefined => {
  if (option === 'alertmanagers') {
    const reason = discovered(value) ?? ownAlertmanager(value);
    if (reason !== undefined) {
      context.left.push({ path, reason });
      return undefined;
    }
  }
  const native = pruned(schemas[option], value, path, context);
  const servers =
    option === 'alertmanagers'
      ? listed(native)
      : [serverAt(`${native.url}`)].filter(({ host }) => host !== undefined);
  return { ...native, ...statements(native, servers, path, context) };
};

/** A scrape job with the place of its targets; undefined if it is left out. */
export const jobEntry = (value: Fields, path: Path, context: Context): object | undefined => {
  const reason = discovered(value) ?? withoutTargets(value);
  if (reason !== undefined) {
    context.left.push({ path, reason });
    return undefined;
  }
  const native = pruned(
    rawScrapeConfig(secretReference),
    withoutOwn(value, path, context),
    path,
    context,
  );
  const name = `${native.job_name}`;
  const isTaken = context.known.jobs.includes(name);
  if (isTaken) {
    const why = `The stack has a job with this name: it is now ${name}-imported.`;
    context.left.push({ path: [...path, 'job_name'], reason: why });
  }
  const config = isTaken ? { ...native, job_name: `${name}-imported` } : native;
  return { ...statements(config, listed(config), path, context), config };
};

const pruned = (
  schema: Parameters<typeof withoutRefused>[0],
  value: Fields,
  path: Path,
  { left }: Context,
): Fields => {
  const one = withoutRefused(schema, value);
  left.push(...one.left.map((field) => ({ ...field, path: [...path, ...field.path] })));
  return one.value as Fields;
};

/** What an environment states about servers: where they are, and why they are not verified. */
const statements = (
  client: Fields,
  servers: readonly Pick<Server, 'host'>[],
  path: Path,
  { known: { selectors }, file }: Context,
): object => {
  const native = client as unknown as NativeClient;
  const place = (list: readonly Pick<Server, 'host'>[], addressesToo = false) => {
    const host = list
      .flatMap((one) => one.host ?? [])
      .find((one) => isPrivate(one) && !isLoopback(one) && (addressesToo || !isOwnPlace(one)));
    return host === undefined ? undefined : placeOf(host, selectors);
  };
  const { tls_config } = client as { tls_config?: { insecure_skip_verify?: boolean } };
  const line = file.lineAt([...path, 'tls_config']);
  const all = {
    at: isDirect(native) ? place(servers, client.url !== undefined) : undefined,
    ...(hasRecords(client) && { ports: [] }),
    loginAt: place(loginsOf(native), true),
    proxyAt: place(proxiesOf(native)),
    unverified: tls_config?.insecure_skip_verify
      ? `As in ${baseOf(file.file)}, line ${line}.`
      : undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined));
};

/** The targets of a job or an entry, as far as they are valid. */
const listed = (value: Fields): readonly Pick<Server, 'host'>[] => {
  const { success, data } = rawScrapeConfig(secretReference).safeParse(
    { job_name: 'imported', ...pick(value) },
    { jitless: true },
  );
  return success ? targetsOf(data as unknown as NativeTargets, [1]) : [];
};

const pick = (value: Fields): Fields =>
  Object.fromEntries(
    [
      'scheme',
      'static_configs',
      'dns_sd_configs',
      'relabel_configs',
      'params',
      'metrics_path',
    ].flatMap((name) => (value[name] === undefined ? [] : [[name, value[name]]])),
  );

const hasRecords = ({ dns_sd_configs }: Fields): boolean =>
  Array.isArray(dns_sd_configs) && dns_sd_configs.some((one) => (one?.type ?? 'SRV') === 'SRV');

/** Why a job is left out whose targets are known only in the cluster. */
const discovered = (value: Fields): string | undefined => {
  const name = discoveries.find((one) => one in value && one in unknownTargets);
  if (name === undefined) return undefined;
  if (name !== 'kubernetes_sd_configs') {
    return `${name}: synth does not know its targets. List them in static_configs, or their names in dns_sd_configs.`;
  }
  return JSON.stringify(value).includes('prometheus_io_scrape')
    ? 'kubernetes_sd_configs: the option annotatedPods scrapes pods with these annotations, by namespace and port.'
    : 'kubernetes_sd_configs: the stack has the jobs of the cluster; for applications, use a ServiceMonitor, a PodMonitor or a party (docs/applications.md).';
};

const targetsIn = ({ static_configs, dns_sd_configs }: Fields): string[] | undefined =>
  Array.isArray(dns_sd_configs) && dns_sd_configs.length > 0
    ? undefined
    : (Array.isArray(static_configs) ? static_configs : []).flatMap((one) =>
        Array.isArray(one?.targets) ? one.targets.map(String) : [],
      );

const ownAlertmanager = (value: Fields): string | undefined => {
  const targets = targetsIn(value);
  if (targets?.length === 0) return 'It has no targets.';
  return targets?.every((one) => isOwn(one) || /^(0\.0\.0\.0|alertmanager[\w-]*)(:|$)/.test(one))
    ? 'The stack has its own Alertmanager, which gets the alerts.'
    : undefined;
};

const isOwn = (address: string): boolean => isLoopback(address.replace(/:\d+$/, ''));

const withoutTargets = (value: Fields): string | undefined => {
  const targets = targetsIn(value);
  if (targets?.length === 0) return 'It has no targets.';
  if (hasConstantAddress(value) || !targets?.every(isOwn)) return undefined;
  return targets.every((one) => /:9090$/.test(one))
    ? 'The Prometheus of the stack scrapes itself.'
    : 'Its targets are the machine of the other Prometheus; here, they are the pod of Prometheus.';
};

/** Whether the targets are parameters of an exporter. */
const hasConstantAddress = ({ relabel_configs }: Fields): boolean =>
  Array.isArray(relabel_configs) &&
  relabel_configs.some((one) => one?.target_label === '__address__');

/** A job without the targets that are the program itself. */
const withoutOwn = (value: Fields, path: Path, { left }: Context): Fields => {
  const { static_configs } = value;
  if (!Array.isArray(static_configs) || hasConstantAddress(value)) return value;
  return {
    ...value,
    static_configs: static_configs.map((one, index) => {
      if (!Array.isArray(one?.targets)) return one;
      const targets = one.targets.filter((target: unknown, at: number) => {
        if (!isOwn(`${target}`)) return true;
        left.push({
          path: [...path, 'static_configs', index, 'targets', at],
          reason: 'It is the machine of the other Prometheus; here, it is the pod of Prometheus.',
        });
        return false;
      });
      return { ...one, targets };
    }),
  };
};
