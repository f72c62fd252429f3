import type { Check, CheckInput } from '../model/check.js';
import type { Connection } from '../model/connection.js';
import type { Place as At, Finding } from '../model/finding.js';
import type { Location } from '../model/location.js';
import { titleOf } from '../model/manifest.js';
import { fileKinds } from './configuration/file.js';
import { prometheusFile } from './configuration/prometheus.js';
import { contentOf, filesRead, type ReadFile } from './configuration/reading.js';
import { everywhere, loopback, type Mention } from './endpoint/mention.js';
import { unknownModules } from './endpoint/module.js';
import { type Place, placeOf } from './endpoint/place.js';
import { publicFaults } from './endpoint/public.js';
import { rawJobsOf } from './endpoint/raw-scrape.js';
import { type Directory, portsOf, type Resolved, resolve } from './endpoint/resolve.js';
import { scrapeFaults } from './endpoint/scrape.js';
import { errorIn, type Fault } from './pod/fault.js';
import { isAt, namespacesIn, type PodTemplate, templatesIn } from './pod/template.js';
import { listOf, named } from './reference/lenient.js';

const check: Check = {
  summary:
    'Every address in arguments, variables and configuration files leads to a Service and a port on which a container listens, or to a declared party, over a declared connection; people come by the addresses that servers say of themselves, to all their pages and by TLS; what is told to listen is declared to; Prometheus finds what it is declared to scrape, alone; and no declared connection is forgotten.',
  run: (all) => {
    const input = { ...all, manifests: named(all.manifests) };
    const templates = templatesIn(input.manifests);
    const directory: Directory = {
      manifests: input.manifests,
      templates,
      connections: input.connections,
      namespaces: namespacesIn(input.manifests),
    };
    const files = filesRead(templates, input.manifests);
    const rawJobs = rawJobsOf(input.connections);
    const places = templates.map((template) => placeOf(template, files, rawJobs));
    const visited = new Set<string>();
    return [
      ...places.flatMap((place) => [
        ...addressFaults(place, places, directory, visited),
        ...takenTwice(place),
      ]),
      ...files.flatMap((file) => scrapeResults(file, directory)),
      ...unknownModules(files, rawJobs),
      ...publicFaults(places, directory),
      ...forgotten(input, visited, templates),
    ];
  },
};

export default check;

type Result = Omit<Finding, 'check'>;

const addressFaults = (
  place: Place,
  places: readonly Place[],
  directory: Directory,
  visited: Set<string>,
): Result[] => {
  const { template, told } = place;
  const ports = portsOf(template).map(({ port }) => port);
  return told.flatMap((mention) => {
    const { host, port, path, value, listens, at } = mention;
    // Filled in by the server itself.
    if (/\$(?!\()/.test(host)) return [];
    if (listens || [...everywhere, ...loopback].includes(host)) {
      const known = loopback.includes(host) ? (listens ? undefined : heardIn(place, path)) : ports;
      if (!known || port === undefined || known.includes(port)) return [];
      return [at(unheard(mention, known))];
    }
    const target = resolve(mention, directory);
    if ('message' in target) return [at({ path, ...target })];
    const declared = leadsTo(target, directory);
    const mine = declared.filter((connection) => mayUse(template, connection, directory));
    for (const one of mine) visited.add(keyOf(one));
    if (mine.length > 0 || target.port === undefined || places.length === 0) return [];
    return [
      at({
        path,
        message: `No connection is declared from ${nameOf(template)} to this address.`,
        value,
        why: 'So no policy lets it through.',
        remedy: 'Declare what is consumed, or lead to what is declared.',
      }),
    ];
  });
};

/** The ports on which something in the pod listens beside the container that is told a text. */
const heardIn = ({ template: { containers }, told }: Place, path: string): number[] => {
  const own = containers.length > 1 ? /^.*\bcontainers\[\d+\]/.exec(path)?.[0] : undefined;
  const isOwn = (other: string): boolean => own !== undefined && `${other}.`.startsWith(`${own}.`);
  return [
    ...containers
      .filter((one) => !isOwn(one.path))
      .flatMap(({ container }) => listOf(container.ports))
      .map(({ containerPort }) => containerPort),
    ...told.flatMap((one) => (one.listens && one.port && !isOwn(one.path) ? [one.port] : [])),
  ];
};

/** Servers in one pod that would listen at the same place: the second does not start. */
const takenTwice = ({ told }: Place): Result[] => {
  const servers = told.filter(({ listens, value }) => listens && !value.includes('advertise'));
  return servers.flatMap((one, index) => {
    const first = servers
      .slice(0, index)
      .find(({ port, host }) => port === one.port && meet(host, one.host));
    if (!first) return [];
    return [
      one.at({
        path: one.path,
        message: `Another server of the pod listens on port ${one.port}.`,
        value: one.value,
        why: `${first.path} names it as well.`,
        remedy: 'Give one of them another port.',
      }),
    ];
  });
};

const meet = (a: string, b: string): boolean =>
  a === b || [a, b].some((host) => ['', '0.0.0.0', '[::]', '::'].includes(host));

const unheard = ({ path, host, port, listens }: Mention, known: readonly number[]): Fault => ({
  path,
  message: listens
    ? `It listens on port ${port}, which its container does not name.`
    : `Nothing else in the pod listens on port ${port}.`,
  value: `${host}:${port}`,
  remedy: `Use one of ${[...new Set(known)].join(', ')}${listens ? ', or name the port in the container' : ''}.`,
});

const nameOf = ({ manifest }: PodTemplate): string => manifest.object.metadata.name;

/** The declared connections that end at an address. */
const leadsTo = (
  { template, host, port }: Resolved,
  { connections }: Directory,
): readonly Connection[] =>
  connections.filter(({ provider, endpoint }) =>
    template
      ? isAt(template, provider.location) && (port === undefined || endpoint.port === port)
      : (endpoint.host === host || endpoint.host === undefined) &&
        (port === undefined || endpoint.port === port) &&
        !provider.own,
  );

/** Whether a connection is one of these pods, or of a prober that they send. */
const mayUse = (
  template: PodTemplate,
  { consumer }: Connection,
  { connections }: Directory,
): boolean =>
  isAt(template, consumer.location) ||
  connections.some(
    (one) =>
      one.capability === 'probes' &&
      isAt(template, one.consumer.location) &&
      one.provider.party === consumer.party,
  );

const scrapeResults = (
  { template, kind, manifest, key, text }: ReadFile,
  directory: Directory,
): Result[] => {
  if (kind?.schema !== prometheusFile) return [];
  const { value, fault } = contentOf(kind, text) as { value?: unknown; fault?: string };
  if (fault !== undefined) return [];
  const mine = directory.connections.filter(({ consumer }) => isAt(template, consumer.location));
  return scrapeFaults(value ?? {}, mine, directory).map((one) =>
    errorIn(manifest, { ...one, path: `${key}: ${one.path}` }),
  );
};

// Of the others no address is written: they are discovered, or found by DNS and the API server.
const written = ['promql', 'datasource', 'remote-write', 'health', 'probes', 'peers', 'database'];

// How others find their peers is their own affair.
const configured = new Set(fileKinds.map(({ component }) => component));

/** Declared connections of which no configuration says anything. */
const forgotten = (
  { connections, manifests }: CheckInput,
  visited: ReadonlySet<string>,
  templates: readonly PodTemplate[],
): Result[] =>
  connections
    .filter(
      (one) =>
        written.includes(one.capability) &&
        configured.has(one.consumer.party) &&
        (one.endpoint.protocol ?? 'TCP') === 'TCP' &&
        !visited.has(keyOf(one)) &&
        manifests.length > 0,
    )
    .map((one) => ({
      severity: 'error',
      place: {
        ...workloadAt(one.consumer.location, templates),
        path: `${one.consumer.party} -> ${one.provider.party}.${one.endpointName} (${one.capability})`,
      },
      message: `No configuration of ${one.consumer.party} has the address.`,
      value: `port ${one.endpoint.port}`,
      why: `${one.consumer.party} is declared to take ${one.capability} from ${one.provider.party}.`,
      remedy: `Configure it in ${one.consumer.party}, or declare that nothing is consumed.`,
    }));

const workloadAt = (location: Location, templates: readonly PodTemplate[]): At => {
  const template = templates.find((one) => isAt(one, location));
  if (!template) return {};
  const { object, construct } = template.manifest;
  return { object: titleOf(object), construct };
};

const keyOf = ({ consumer, provider, endpointName, capability }: Connection): string =>
  [consumer.party, consumer.workload, provider.party, endpointName, capability].join(' ');
