import type { Connection } from '../../model/connection.js';
import type { Manifest } from '../../model/manifest.js';
import { suggest } from '../../model/suggestion.js';
import { contains } from '../network/address.js';
import { selects } from '../network/selector.js';
import type { Fault } from '../pod/fault.js';
import type { PodTemplate } from '../pod/template.js';
import { listOf, recordOf } from '../reference/lenient.js';
import type { Mention } from './mention.js';

/** What addresses are resolved against. */
export interface Directory {
  readonly manifests: readonly Manifest[];
  readonly templates: readonly PodTemplate[];
  readonly connections: readonly Connection[];
  /** Names of the namespaces that ship. */
  readonly namespaces: ReadonlySet<string>;
}

/** Where an address leads: to pods that ship, or to an endpoint that a party declares. */
export interface Resolved {
  readonly template?: PodTemplate;
  readonly host: string;
  /** Of the pods, after the Service's translation; none where only the Service is named. */
  readonly port?: number;
}

type Problem = Omit<Fault, 'path'>;

const serviceName =
  /^(?:(?<pod>[a-z0-9-]+)\.)?(?<name>[a-z0-9-]+)\.(?<namespace>[a-z0-9-]+)\.svc(?:\.cluster\.local)?$/;

/** Follows an address to where it leads, or says why it leads nowhere. */
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
      `There is no Service '${name}' in ${namespace}.`,
      value,
      `Lead to one of ${names.join(', ')}.`,
      suggest(name, names),
    );
  }
  const { selector, ports } = recordOf(service.object.spec);
  const template = directory.templates.find(
    (one) => one.namespace === namespace && selects({ matchLabels: selector }, one.labels),
  );
  if (!template) return { host, port };
  if (pod) return toPod(pod, { host, port, value }, template);
  if (port === undefined) return { template, host };
  const open = listOf(ports);
  const through = open.find((one) => one.port === port);
  if (!through) {
    const known = open.map((one) => `${one.port}`);
    return problem(
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
      `No pod is called '${pod}' behind the Service '${service}'.`,
      value,
      spec?.serviceName === service
        ? `Name one of ${pods.join(', ')}.`
        : `The pods are named by the Service that their StatefulSet says: ${spec?.serviceName ?? 'none'}.`,
      suggest(pod, pods),
    );
  }
  const numbers = portsOf(template).map((one) => one.port);
  if (port === undefined || numbers.includes(port)) return { template, host, port };
  return problem(
    `No container of '${pod}' listens on port ${port}.`,
    value,
    `Use one of ${numbers.join(', ')}.`,
    suggest(`${port}`, numbers.map(String)),
  );
};

/** The TCP ports on which the containers of pods say that they listen. */
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
  if (declared.some(({ endpoint }) => port === undefined || endpoint.port === port)) {
    return { host, port };
  }
  const [known] = declared;
  if (known) {
    return problem(
      `${known.provider.party} is declared on another port.`,
      value,
      `Use ${known.endpoint.port}, or declare the port.`,
    );
  }
  const hosts = [...new Set(connections.flatMap(({ endpoint }) => endpoint.host ?? []))];
  return problem(
    'No party is declared at this address.',
    value,
    hosts.length > 0
      ? `Lead to a Service that ships, to one of ${hosts.join(', ')}, or declare the party.`
      : 'Lead to a Service that ships, as name.namespace.svc, or declare the party.',
    suggest(host, hosts),
  );
};

const problem = (message: string, value: string, remedy: string, suggestion?: string): Problem => ({
  message,
  value,
  remedy,
  ...(suggestion && { suggestion }),
});
