import type { CheckInput } from '../../../model/check.js';
import { nodePorts } from '../../../model/node-port.js';
import { loopback } from '../../support/mention.js';
import { faultIn } from '../../support/pod/fault.js';
import { isAt, type PodTemplate } from '../../support/pod/template.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { Result } from './faults.js';
import type { ConfiguredAddress, Place } from './place.js';

/** Whether a loopback address can be a server in another container: `--upstream=127.0.0.1:80`. */
const mayBeClient = ({ host, path, text }: ConfiguredAddress): boolean =>
  loopback.includes(host) && !/listen|bind/i.test(`${path} ${text}`);

/** Servers in one pod with the same port: the second one does not start. */
export const takenInPod = ({ addresses, template }: Place): Result[] => {
  // A variable can repeat the port in a file.
  const servers = addresses.filter(
    ({ listens, value, path }) =>
      listens && !value.includes('advertise') && !/\.env\[\d+\]/.test(path),
  );
  return servers.flatMap((one, index) => {
    const before = servers
      .slice(0, index)
      .filter(
        (other) =>
          other.port === one.port &&
          meet(other.host, one.host) &&
          (other.container === one.container || !(mayBeClient(other) || mayBeClient(one))),
      );
    const [first] = before;
    // One server for each protocol, such as TCP and UDP of StatsD.
    if (!first || before.length < protocolsOf(template, one.port)) return [];
    return [
      one.at({
        path: one.path,
        fault: 'port-taken',
        message: `Another server of the pod listens on port ${one.port}.`,
        value: one.value,
        why: `${first.path} configures the same port.`,
      }),
    ];
  });
};

/** The number of protocols for which the containers declare a port. */
const protocolsOf = ({ containers }: PodTemplate, port: number | undefined): number =>
  new Set(
    containers
      .flatMap(({ container }) => listOf(container.ports))
      .filter(({ containerPort }) => containerPort === port)
      .map(({ protocol = 'TCP' }) => protocol),
  ).size;

const meet = (a: string, b: string): boolean =>
  a === b || [a, b].some((host) => ['', '0.0.0.0', '[::]', '::'].includes(host));

interface TakenPort {
  readonly template: PodTemplate;
  readonly path: string;
  readonly port: number;
  readonly protocol: string;
}

/** Pods with a port of their node that other pods or a process of the node can also use. */
export const takenOnNode = (
  templates: readonly PodTemplate[],
  { connections, components, declarations }: CheckInput,
): Result[] => {
  const ports = templates.flatMap(portsOf);
  return ports.flatMap((one, index) => {
    const other = ports
      .slice(0, index)
      .find(
        ({ template, port, protocol }) =>
          port === one.port && protocol === one.protocol && mayShareNode(template, one.template),
      )?.template.manifest.object.metadata.name;
    const process = connections.find(
      ({ provider: { location, own }, endpoint }) =>
        (location.kind === 'nodes' || (location.kind === 'pods' && location.hostNetwork && !own)) &&
        endpoint.port === one.port &&
        (endpoint.protocol ?? 'TCP') === one.protocol,
    )?.provider.party;
    const known = nodePorts.find(({ port }) => port === one.port && one.protocol === 'TCP')?.by;
    const first = other ?? process ?? known?.replace(/^t/, 'T');
    if (first === undefined) return [];
    const fault = {
      fault: 'port-taken' as const,
      message: `${first} has port ${one.port} of the node.`,
      value: one.port,
      why: 'A node has each port only once, so the pod does not start there.',
    };
    const { manifest } = one.template;
    const component = components.find(({ workloads }) =>
      workloads.some((location) => isAt(one.template, location)),
    );
    const declaration = component && !manifest.patched && declarations[component.name];
    if (!declaration) return [faultIn(manifest, { path: one.path, ...fault })];
    const endpoint = connections.find(
      ({ provider, endpoint: { port } }) => provider.party === component.name && port === one.port,
    )?.endpointName;
    const path = [declaration.path, 'endpoints', ...(endpoint ? [endpoint, 'port'] : [])].join('.');
    return [{ place: { ...(declaration.file && { file: declaration.file }), path }, ...fault }];
  });
};

const portsOf = (template: PodTemplate): TakenPort[] =>
  template.containers.flatMap(({ container, path }) =>
    listOf(container.ports).flatMap(({ containerPort, hostPort, protocol = 'TCP' }, index) => {
      const port = template.spec.hostNetwork === true ? containerPort : hostPort;
      return port ? [{ template, path: `${path}.ports[${index}]`, port, protocol }] : [];
    }),
  );

/** Whether pods can run on the same node: their node selectors do not exclude each other. */
const mayShareNode = (a: PodTemplate, b: PodTemplate): boolean => {
  const other = recordOf(b.spec.nodeSelector);
  return (
    a !== b &&
    Object.entries(recordOf(a.spec.nodeSelector)).every(
      ([label, value]) => other[label] === undefined || other[label] === value,
    )
  );
};
