import { capabilityFacts } from '../../model/capability.js';
import { type CheckInput, defineCheck } from '../../model/check.js';
import type { Connection } from '../../model/connection.js';
import { clientPort, protocolOf } from '../../model/endpoint.js';
import type { Place as At } from '../../model/finding.js';
import type { Location } from '../../model/location.js';
import { titleOf } from '../../model/manifest.js';
import { filesIn, type MountedFile } from '../support/file.js';
import { everywhere, loopback, type Mention } from '../support/mention.js';
import { faultIn } from '../support/pod/fault.js';
import { isAt, namespacesIn, type PodTemplate, templatesIn } from '../support/pod/template.js';
import { prometheusConfig } from '../support/prometheus-file.js';
import { listOf, named } from '../support/untyped.js';
import { withoutBrackets } from './endpoints/brackets.js';
import { type EndpointsFault, faults, type Result } from './endpoints/faults.js';
import { loopbackOnly } from './endpoints/loopback-only.js';
import { unknownModules } from './endpoints/module.js';
import { type Place, placeOf } from './endpoints/place.js';
import { publicFaults } from './endpoints/public.js';
import { rawJobsOf } from './endpoints/raw-scrape.js';
import { type Directory, declaredPorts, type Resolved, resolve } from './endpoints/resolve.js';
import { scrapeFaults } from './endpoints/scrape.js';
import { takenInPod, takenOnNode } from './endpoints/taken.js';
import { unconfigured } from './endpoints/unconfigured.js';

const check = defineCheck({
  faults,
  summary:
    'Every address in arguments, variables and configuration files leads to a Service and a port on which a container listens, or to a declared party, and its connection is declared. The public addresses of servers are served by an Ingress or an HTTPRoute, with all pages and by TLS. Every configured port is declared, and every declared port is configured. Prometheus finds exactly the targets that are declared. Every declared connection is configured.',
  run: (all) => {
    const input = { ...all, manifests: named(all.manifests) };
    const templates = templatesIn(input.manifests);
    const directory: Directory = {
      manifests: input.manifests,
      templates,
      connections: input.connections,
      namespaces: namespacesIn(input.manifests),
      terminatedElsewhere: input.terminatedElsewhere,
    };
    const files = filesIn(all);
    const rawJobs = rawJobsOf(input.connections);
    const places = templates.map((template) => placeOf(template, files, rawJobs));
    const visited = new Set<string>();
    return [
      ...places.flatMap((place) => [
        ...addressFaults(place, places, directory, visited),
        ...takenInPod(place),
        ...loopbackOnly(place),
        ...withoutBrackets(place, all.nodeCidrs),
        ...unconfigured(place),
      ]),
      ...takenOnNode(templates, input),
      ...files.flatMap((file) => scrapeResults(file, directory)),
      ...unknownModules(files, rawJobs),
      ...publicFaults(places, directory),
      ...notConfigured(input, visited, templates),
    ];
  },
});

export default check;

const addressFaults = (
  place: Place,
  places: readonly Place[],
  directory: Directory,
  visited: Set<string>,
): Result[] => {
  const { template, addresses } = place;
  // The address of a listener does not have its protocol.
  const ports = declaredPorts(template);
  return addresses.flatMap((mention) => {
    const { host, port, path, value, listens, at } = mention;
    // The server replaces these variables itself.
    if (/\$(?!\()/.test(host)) return [];
    if (listens || [...everywhere, ...loopback].includes(host)) {
      const known = loopback.includes(host)
        ? listens
          ? undefined
          : listenersBeside(place, path)
        : ports;
      if (!known || port === undefined || known.includes(port)) return [];
      return [at(missingListener(mention, known))];
    }
    const target = resolve(mention, directory);
    if ('fault' in target) return [at({ path, ...target })];
    const declared = leadsTo(target, directory);
    const mine = declared.filter((connection) => mayUse(template, connection, directory));
    for (const one of mine) visited.add(keyOf(one));
    if (mine.length > 0 || target.port === undefined || places.length === 0) return [];
    return [
      at({
        path,
        fault: 'undeclared-connection',
        message: `No connection is declared from ${nameOf(template)} to this address.`,
        value,
      }),
    ];
  });
};

/** The ports of all listeners in the pod, except those of the container with the text at `path`. */
const listenersBeside = (
  { template: { containers }, addresses }: Place,
  path: string,
): number[] => {
  const own = containers.length > 1 ? /^.*\bcontainers\[\d+\]/.exec(path)?.[0] : undefined;
  const isOwn = (other: string): boolean => own !== undefined && `${other}.`.startsWith(`${own}.`);
  return [
    ...containers
      .filter((one) => !isOwn(one.path))
      .flatMap(({ container }) => listOf(container.ports))
      .map(({ containerPort }) => containerPort),
    ...addresses.flatMap((one) => (one.listens && one.port && !isOwn(one.path) ? [one.port] : [])),
  ];
};

const missingListener = (
  { path, host, port, listens }: Mention,
  known: readonly number[],
): EndpointsFault => ({
  path,
  ...(listens
    ? {
        fault: 'undeclared-port',
        message: `The process listens on port ${port}, which its container does not declare.`,
      }
    : {
        fault: 'closed-local-port',
        message: `Nothing else in the pod listens on port ${port}.`,
      }),
  value: `${host}:${port}`,
  remedy: `Use one of ${[...new Set(known)].join(', ')}${listens ? ', or declare the port in the container' : ''}.`,
});

const nameOf = ({ manifest }: PodTemplate): string => manifest.object.metadata.name;

/** The declared connections to an address. */
const leadsTo = (
  { template, host, port }: Resolved,
  { connections }: Directory,
): readonly Connection[] =>
  connections.filter(({ provider, endpoint }) =>
    template
      ? isAt(template, provider.location) && (port === undefined || endpoint.port === port)
      : (endpoint.host === host || endpoint.host === undefined) &&
        (port === undefined || clientPort(endpoint) === port) &&
        !provider.own,
  );

/** Whether a connection belongs to these pods, or to a prober that they use. */
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
  { template, file, manifest, key, content }: MountedFile,
  directory: Directory,
): Result[] => {
  if (file?.kind !== 'prometheus-config' || content?.fault !== undefined) return [];
  const mine = directory.connections.filter(({ consumer }) => isAt(template, consumer.location));
  return scrapeFaults(prometheusConfig(content?.value), mine, directory).map((one) =>
    faultIn(manifest, { ...one, path: `${key}: ${one.path}` }),
  );
};

/** Declared connections that no configuration contains. */
const notConfigured = (
  { connections, manifests, components }: CheckInput,
  visited: ReadonlySet<string>,
  templates: readonly PodTemplate[],
): Result[] => {
  // Only components with declared files have a known configuration.
  const configured = new Set(
    components
      .filter(({ programs }) => Object.values(programs).some(({ files }) => files))
      .map(({ name }) => name),
  );
  return connections
    .filter(
      (one) =>
        capabilityFacts(one.capability).configured &&
        configured.has(one.consumer.party) &&
        protocolOf(one.endpoint) === 'TCP' &&
        !visited.has(keyOf(one)) &&
        manifests.length > 0,
    )
    .map((one) => ({
      place: {
        ...workloadAt(one.consumer.location, templates),
        path: `${one.consumer.party} -> ${one.provider.party}.${one.endpointName} (${one.capability})`,
      },
      fault: 'connection-not-configured',
      message: `No configuration of ${one.consumer.party} has the address of ${one.provider.party}.`,
      value: `port ${one.endpoint.port}`,
      why: `${one.consumer.party} is declared to consume ${one.capability} of ${one.provider.party}.`,
      remedy: `Configure it in ${one.consumer.party}, or declare that nothing is consumed.`,
    }));
};

const workloadAt = (location: Location, templates: readonly PodTemplate[]): At => {
  const template = templates.find((one) => isAt(one, location));
  if (!template) return {};
  const { object, construct } = template.manifest;
  return { object: titleOf(object), construct };
};

const keyOf = ({ consumer, provider, endpointName, capability }: Connection): string =>
  [consumer.party, consumer.workload, provider.party, endpointName, capability].join(' ');
