import { z } from 'zod';
import { suggest } from '../../model/suggestion.js';
import { duration, goDuration, path, regex, text, url } from '../../schema/format.js';
import type { Fault } from '../pod/fault.js';
import type { PlacedContainer, PodTemplate } from '../pod/template.js';
import { listOf } from '../reference/lenient.js';

/** A flag as we write it: what it takes, and whether its program works without. */
interface Flag {
  /** @default - none: it is a switch */
  readonly takes?: z.ZodType;
  /** @default true */
  readonly needed?: false;
}

const address = z
  .string({ error: 'an address and a port to listen on' })
  .regex(/^(\[?[\w.:$()]*\]?)?:\d{1,5}$/);
const port = z.string({ error: 'a port' }).regex(/^[1-9]\d{1,4}$/);
const words = z
  .string({ error: 'a list with commas and without spaces' })
  .regex(/^[^\s,]+(,[^\s,]+)*$/);
const optional = (takes: z.ZodType): Flag => ({ takes, needed: false });

const published = {
  'web.external-url': optional(url),
  'web.route-prefix': optional(z.string({ error: 'a path' }).regex(/^\//)),
};

/** The flags that we write, by the name of the program's image. */
const programs: Readonly<Record<string, Readonly<Record<string, Flag>>>> = {
  prometheus: {
    'config.file': { takes: path },
    'config.auto-reload': {},
    'config.auto-reload-interval': { takes: duration },
    'storage.tsdb.path': { takes: path },
    'enable-feature': { takes: z.literal('exemplar-storage') },
    ...published,
  },
  alertmanager: {
    'config.file': { takes: path },
    'storage.path': { takes: path },
    'data.maintenance-interval': { takes: duration },
    'cluster.listen-address': { takes: z.union([z.literal(''), address]) },
    'cluster.advertise-address': optional(address),
    'cluster.peer': optional(z.string({ error: 'a host and a port' }).regex(/^[\w.-]+:\d+$/)),
    ...published,
  },
  'blackbox-exporter': { 'config.file': { takes: path }, 'config.enable-auto-reload': {} },
  jaeger: { config: { takes: path } },
  'kube-state-metrics': { resources: { takes: words }, 'metric-allowlist': { takes: words } },
  'node-exporter': {
    'web.listen-address': { takes: address },
    'path.rootfs': { takes: path },
    'path.procfs': { takes: path },
    'path.sysfs': { takes: path },
    'path.udev.data': { takes: path },
    'collector.filesystem.mount-points-exclude': { takes: regex },
    'collector.netdev.device-exclude': { takes: regex },
    'collector.netclass.ignored-devices': { takes: regex },
  },
  'kube-rbac-proxy': {
    'secure-listen-address': { takes: address },
    'proxy-endpoints-port': { takes: port },
    upstream: { takes: url },
    'auth-token-audiences': { takes: words },
    'allow-paths': { takes: words },
    'tls-min-version': { takes: z.enum(['VersionTLS12', 'VersionTLS13']) },
  },
  cadvisor: {
    port: { takes: port },
    containerd: optional(path),
    'containerd-namespace': optional(text),
    docker: optional(
      z.string({ error: 'a socket such as unix:///var/run/docker.sock' }).regex(/^unix:\/\/\/\S+$/),
    ),
    enable_metrics: { takes: words },
    docker_only: { takes: z.enum(['true', 'false']) },
    store_container_labels: { takes: z.literal('false') },
    whitelisted_container_labels: { takes: words },
    housekeeping_interval: { takes: goDuration },
    max_housekeeping_interval: { takes: goDuration },
    storage_duration: { takes: goDuration },
  },
};

// Of which one says nothing, or something wrong, without the other.
const together = [
  ['web.external-url', 'web.route-prefix'],
  ['containerd', 'containerd-namespace'],
] as const;

/** What is wrong with the arguments of a program of ours; of others nothing is known. */
export const flagFaults = (
  { container, path: at, initial }: PlacedContainer,
  { replicas = 1 }: PodTemplate,
): Fault[] => {
  const program = /([^/:@]+)(?::[^/]*)?(?:@.*)?$/.exec(`${container.image}`)?.[1] ?? '';
  const flags = programs[program];
  // What runs before the program itself does something of its own.
  if (!flags || initial || container.command) return [];
  const args = listOf(container.args).map(String);
  const given = args.map((one) => /^--?([^=]+)/.exec(one)?.[1] ?? one);
  const faults = args.flatMap((argument, index): Fault[] => {
    const name = given[index] ?? '';
    const flag = flags[name];
    const where = `${at}.args[${index}]`;
    return flag ? valueFaults(flag, argument, where) : [unknown(program, name, where, flags)];
  });
  const misspelt = faults.flatMap(({ suggestion }) => suggestion ?? []);
  const missing = Object.entries(flags)
    .filter(
      ([name, { needed = true }]) =>
        needed && !given.includes(name) && !misspelt.includes(`--${name}`),
    )
    .map(([name]) => ({
      path: `${at}.args`,
      message: `${program} is not given --${name}.`,
      remedy: 'Give it.',
    }));
  const peers = given.filter((name) => name === 'cluster.peer').length;
  const lonely =
    program === 'alertmanager' && peers !== (replicas > 1 ? replicas : 0)
      ? [
          {
            path: `${at}.args`,
            message: `Of ${replicas} replicas, ${peers} are named as peers.`,
            why: 'A replica that the others do not know starts with them only by chance.',
            remedy: 'Name each with --cluster.peer.',
          },
        ]
      : [];
  const alone = together
    .filter(([one, other]) => given.includes(one) !== given.includes(other) && one in flags)
    .map(([one, other]) => ({
      path: `${at}.args`,
      message: `${program} is given one of --${one} and --${other} without the other.`,
      remedy: 'Give both.',
    }));
  const runtime =
    program === 'cadvisor' && !given.includes('containerd') && !given.includes('docker')
      ? [
          {
            path: `${at}.args`,
            message: 'cadvisor is told of no runtime.',
            why: 'It then knows no container by the name of its pod.',
            remedy: 'Give --containerd or --docker.',
          },
        ]
      : [];
  return [...faults, ...missing, ...lonely, ...alone, ...runtime];
};

const valueFaults = ({ takes }: Flag, argument: string, path: string): Fault[] => {
  const [, value] = /^--?[^=]+=(.*)$/s.exec(argument) ?? [];
  const result = (takes ?? z.undefined()).safeParse(value);
  if (result.success) return [];
  return [
    {
      path,
      message: 'This value is not allowed.',
      value: argument,
      remedy: `Set it to ${takes ? result.error.issues[0]?.message : 'nothing: it is a switch'}.`,
    },
  ];
};

const unknown = (
  program: string,
  name: string,
  path: string,
  flags: Readonly<Record<string, Flag>>,
): Fault => {
  const known = Object.keys(flags);
  const suggestion = suggest(name, known);
  return {
    path,
    message: `${program} is given no such argument by us.`,
    value: name,
    remedy: `Use one of ${known.map((one) => `--${one}`).join(', ')}.`,
    ...(suggestion && { suggestion: `--${suggestion}` }),
  };
};
