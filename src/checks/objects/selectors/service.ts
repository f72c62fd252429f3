import { peersName, replicaNames } from '../../../model/identity.js';
import type { KubernetesObject } from '../../../model/manifest.js';
import { suggest } from '../../../model/suggestion.js';
import { isServed, type PodTemplate } from '../../support/pod/template.js';
import { listOf, recordOf, type Untyped } from '../../support/untyped.js';
import type { SelectorsFault } from './faults.js';
import { loose, misled } from './mismatch.js';

/** Faults of the pods and ports of a Service. */
export const serviceFaults = (
  object: KubernetesObject,
  near: readonly PodTemplate[],
): SelectorsFault[] => {
  const spec = recordOf(object.spec);
  if (spec.type === 'ExternalName') return [];
  const matchLabels = recordOf(spec.selector);
  if (Object.keys(matchLabels).length === 0) {
    return [
      {
        path: 'spec.selector',
        fault: 'no-selector',
      },
    ];
  }
  const selected = near.filter((one) => isServed(object, one));
  return [
    ...misled(object, 'spec.selector', selected, near),
    ...selected
      .slice(0, 1)
      .flatMap(({ labels }) => loose('spec.selector', { matchLabels }, labels)),
    ...translated(object, selected),
    // The check `references` reports a Service that selects nothing.
    ...(selected.length > 0 ? portFaults(listOf(spec.ports), selected) : []),
  ];
};

/** Ports of a workload's Service whose number differs from the port of the pods. */
const translated = (
  { metadata, spec }: KubernetesObject,
  selected: readonly PodTemplate[],
): SelectorsFault[] =>
  selected.some(({ manifest, replicas = 0 }) => {
    const own = manifest.object.metadata;
    return [own.name, peersName(own), ...replicaNames(own, replicas)].includes(metadata.name);
  })
    ? listOf(recordOf(spec).ports).flatMap(({ port, targetPort = port }, index) => {
        const number = typeof targetPort === 'string' ? numberOf(targetPort, selected) : targetPort;
        return number === undefined || number === port
          ? []
          : [
              {
                path: `spec.ports[${index}].port`,
                fault: 'translated-port',
                message: `The port of the pods is ${number}.`,
                value: port,
                remedy: `Set it to ${number}.`,
              },
            ];
      })
    : [];

const numberOf = (name: string, selected: readonly PodTemplate[]): number | undefined =>
  selected
    .flatMap(({ containers }) => containers.flatMap(({ container }) => listOf(container.ports)))
    .find((one) => one.name === name)?.containerPort;

interface Listening {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
}

const portFaults = (
  ports: readonly Untyped[],
  selected: readonly PodTemplate[],
): SelectorsFault[] => {
  const open = selected.flatMap(({ containers }) =>
    containers
      .filter(({ initial }) => !initial)
      .flatMap(({ container }) => listOf(container.ports))
      .map(
        ({ name, containerPort, protocol }): Listening => ({
          name,
          port: containerPort,
          protocol: protocol ?? 'TCP',
        }),
      ),
  );
  return ports.flatMap((one, index) => [
    ...silent(one, index, open),
    ...ambiguous(one, index, ports),
  ]);
};

/** Target ports on which no container listens; the check `references` reports unknown names. */
const silent = (one: Untyped, index: number, open: readonly Listening[]): SelectorsFault[] => {
  const { port, protocol = 'TCP' } = one;
  const target = one.targetPort ?? port;
  const key = typeof target === 'string' ? 'name' : 'port';
  const there = open.filter((listening) => listening[key] === target);
  if (there.some((listening) => listening.protocol === protocol)) return [];
  if (there.length === 0 && key === 'name') return [];
  const path = `spec.ports[${index}]`;
  const [other] = there;
  if (other) {
    return [
      {
        path: `${path}.protocol`,
        fault: 'other-protocol',
        message: `The container listens on port ${target} with ${other.protocol}.`,
        value: protocol,
        remedy: `Set it to ${other.protocol}, or use a ${protocol} port of the container.`,
      },
    ];
  }
  const candidates = open.filter((listening) => listening.protocol === protocol);
  const suggestion = suggest(
    `${target}`,
    candidates.map((listening) => `${listening.port}`),
  );
  return [
    {
      path: `${path}.${one.targetPort === undefined ? 'port' : 'targetPort'}`,
      fault: 'no-listener',
      value: `${protocol} ${target}`,
      remedy:
        candidates.length > 0
          ? `Use one of ${candidates.map((listening) => listening.port).join(', ')}.`
          : 'Add it to the container that listens.',
      ...(suggestion && { suggestion }),
    },
  ];
};

/** Ports without a unique name, which the API server rejects. */
const ambiguous = (one: Untyped, index: number, ports: readonly Untyped[]): SelectorsFault[] => {
  if (ports.length < 2) return [];
  const path = `spec.ports[${index}].name`;
  if (!one.name) {
    return [
      {
        path,
        fault: 'unnamed-port',
      },
    ];
  }
  const earlier = ports.slice(0, index);
  if (!earlier.some(({ name }) => name === one.name)) return [];
  return [
    {
      path,
      fault: 'duplicate-port-name',
      value: one.name,
    },
  ];
};
