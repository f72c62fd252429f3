import type { Connection } from '../../../model/connection.js';
import { clientPort } from '../../../model/endpoint.js';
import type { Manifest } from '../../../model/manifest.js';
import { suggest } from '../../../model/suggestion.js';
import { contains } from '../../support/address.js';
import type { Mention } from '../../support/mention.js';
import { isServed, type PodTemplate } from '../../support/pod/template.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { EndpointsFault } from './faults.js';

/** The possible targets of addresses. */
export interface Directory {
  readonly manifests: readonly Manifest[];
  readonly templates: readonly PodTemplate[];
  readonly connections: readonly Connection[];
  /** Names of the shipped namespaces. */
  readonly namespaces: ReadonlySet<string>;
  /** Hosts for which something in front of the Ingress terminates TLS. */
  readonly terminatedElsewhere: readonly string[];
}

/** The target of an address: shipped pods, or a declared endpoint. */
export interface Resolved {
  readonly template?: PodTemplate;
  readonly host: string;
  /** The port of the pods, which is the target port of the Service; undefined without a port. */
  readonly port?: number;
}

type Problem = Omit<EndpointsFault, 'path'>;

const serviceName =
  /^(?:(?<pod>[a-z0-9-]+)\.)?(?<name>[a-z0-9-]+)\.(?<namespace>[a-z0-9-]+)\.svc(?:\.cluster\.local)?$/;

/** Resolves an address to its target, or to a fault. */
export const resolve = (
  { host, port, value }: Mention,
  directory: Directory,
): Resolved | Problem => {
  const { pod, name = '', namespace = '' } = serviceName.exec(host)?.groups ?? {};
  if (!directory.namespaces.has(namespace)) return outside({ host, port, value }, directory);
  const services = directory.manifests.filter(
    ({ object }) => object.kind === 'Service' && object.metadata.namespace === namespace,
  );
  const service = services.find(({ object }) => object.metadata.name === name);
  const names = services.map(({ object }) => object.metadata.name);
  if (!service) {
    return problem(
      'unknown-service',
      `Service '${name}' does not exist in ${namespace}.`,
      value,
      `Use one of ${names.join(', ')}.`,
      suggest(name, names),
    );
  }
  const { ports } = recordOf(service.object.spec);
  const template = directory.templates.find(
    (one) => one.namespace === namespace && isServed(service.object, one),
  );
  if (!template) return { host, port };
  if (pod) return toPod(pod, { host, port, value }, template);
  if (port === undefined) return { template, host };
  const open = listOf(ports);
  const through = open.find((one) => one.port === port);
  if (!through) {
    const known = open.map((one) => `${one.port}`);
    return problem(
      'unknown-service-port',
      `Service '${name}' has no port ${port}.`,
      value,
      `Use one of ${known.join(', ')}.`,
      suggest(`${port}`, known),
    );
  }
  const target = through.targetPort ?? port;
  const numbers = portsOf(template);
  const number =
    typeof target === 'string' ? numbers.find((one) => one.name === target)?.port : target;
  return { template, host, port: number };
};

const toPod = (
  pod: string,
  { host, port, value }: Omit<Mention, 'path' | 'listens'>,
  template: PodTemplate,
): Resolved | Problem => {
  const { metadata, spec } = template.manifest.object;
  const pods = Array.from(
    { length: template.replicas ?? 1 },
    (_, one) => `${metadata.name}-${one}`,
  );
  const [, , service] = /^([^.]+)\.([^.]+)/.exec(host) ?? [];
  if (!pods.includes(pod) || spec?.serviceName !== service) {
    return problem(
      'unknown-pod',
      `The Service '${service}' has no pod '${pod}'.`,
      value,
      spec?.serviceName === service
        ? `Use one of ${pods.join(', ')}.`
        : `The Service that gives the pods names is ${spec?.serviceName ?? 'none'}: it is the serviceName of their StatefulSet.`,
      suggest(pod, pods),
    );
  }
  const numbers = portsOf(template).map((one) => one.port);
  if (port === undefined || numbers.includes(port)) return { template, host, port };
  return problem(
    'closed-port',
    `No container of '${pod}' has port ${port}.`,
    value,
    `Use one of ${numbers.join(', ')}.`,
    suggest(`${port}`, numbers.map(String)),
  );
};

/** The numbers of all declared container ports, of any protocol. */
export const declaredPorts = ({ containers }: PodTemplate): number[] =>
  containers.flatMap(({ container }) =>
    listOf(container.ports).map(({ containerPort }) => containerPort),
  );

/** The declared TCP ports of containers. */
export const portsOf = ({ containers }: PodTemplate): { name?: string; port: number }[] =>
  containers.flatMap(({ container }) =>
    listOf(container.ports)
      .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
      .map(({ name, containerPort: port }) => ({ name, port })),
  );

const outside = (
  { host, port, value }: Omit<Mention, 'path' | 'listens'>,
  { connections }: Directory,
): Resolved | Problem => {
  const declared = connections.filter(({ provider, endpoint }) =>
    endpoint.host === undefined
      ? provider.location.kind === 'addresses' &&
        provider.location.cidrs.some((cidr) => contains(cidr, `${host}/32`))
      : endpoint.host === host,
  );
  if (declared.some(({ endpoint }) => port === undefined || clientPort(endpoint) === port)) {
    return { host, port };
  }
  const [known] = declared;
  if (known) {
    return problem(
      'other-declared-port',
      `${known.provider.party} is declared on another port.`,
      value,
      `Use ${clientPort(known.endpoint)}, or declare the port.`,
    );
  }
  const hosts = [...new Set(connections.flatMap(({ endpoint }) => endpoint.host ?? []))];
  return problem(
    'undeclared-address',
    'No party is declared at this address.',
    value,
    hosts.length > 0
      ? `Use a Service that ships, one of ${hosts.join(', ')}, or declare the party.`
      : 'Use a Service that ships, as name.namespace.svc, or declare the party.',
    suggest(host, hosts),
  );
};

const problem = (
  fault: Problem['fault'],
  message: string,
  value: string,
  remedy: string,
  suggestion?: string,
): Problem => ({
  fault,
  message,
  value,
  remedy,
  ...(suggestion && { suggestion }),
});
