import type { KubernetesObject } from '../../model/manifest.js';
import { suggest } from '../../model/suggestion.js';
import type { Fault } from '../pod/fault.js';
import type { PodTemplate } from '../pod/template.js';
import { type Loose, listOf, recordOf } from '../reference/lenient.js';
import { loose, misled, selectedBy } from './meant.js';

/** What is wrong with the pods and ports that a Service leads to. */
export const serviceFaults = (object: KubernetesObject, near: readonly PodTemplate[]): Fault[] => {
  const spec = recordOf(object.spec);
  if (spec.type === 'ExternalName') return [];
  const matchLabels = recordOf(spec.selector);
  if (Object.keys(matchLabels).length === 0) {
    return [
      {
        path: 'spec.selector',
        message: 'The Service selects no pods.',
        why: 'Nothing answers at its address.',
        remedy: 'Select the pods of one workload by their labels.',
      },
    ];
  }
  const selected = selectedBy({ matchLabels }, near);
  return [
    ...misled(object, 'spec.selector', selected, near),
    ...selected
      .slice(0, 1)
      .flatMap(({ labels }) => loose('spec.selector', { matchLabels }, labels)),
    ...translated(object, selected),
    // One that selects nothing has no ports either; the check of references tells of it.
    ...(selected.length > 0 ? portFaults(listOf(spec.ports), selected) : []),
  ];
};

/** Whether the Service of a workload gives a port another number than its pods do. */
const translated = (
  { metadata, spec }: KubernetesObject,
  selected: readonly PodTemplate[],
): Fault[] =>
  selected.some(({ manifest }) =>
    [manifest.object.metadata.name, `${manifest.object.metadata.name}-peers`].includes(
      metadata.name,
    ),
  )
    ? listOf(recordOf(spec).ports).flatMap(({ port, targetPort = port }, index) => {
        const number = typeof targetPort === 'string' ? numberOf(targetPort, selected) : targetPort;
        return number === undefined || number === port
          ? []
          : [
              {
                path: `spec.ports[${index}].port`,
                message: `The pods have it as ${number}.`,
                value: port,
                why: 'Clients are told the port of the pods: there is one number for each endpoint.',
                remedy: `Say ${number}.`,
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

const portFaults = (ports: readonly Loose[], selected: readonly PodTemplate[]): Fault[] => {
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

/** Whether no container listens where a port leads; of unknown names the check of references tells. */
const silent = (one: Loose, index: number, open: readonly Listening[]): Fault[] => {
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
        message: `The container listens on port ${target} by ${other.protocol}.`,
        value: protocol,
        remedy: `Say ${other.protocol}, or lead to a port of ${protocol}.`,
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
      message: 'No container of the selected pods listens on this port.',
      value: `${protocol} ${target}`,
      remedy:
        candidates.length > 0
          ? `Use one of ${candidates.map((listening) => listening.port).join(', ')}.`
          : 'Add it to the container that listens.',
      ...(suggestion && { suggestion }),
    },
  ];
};

/** Whether a port cannot be told from another, which the API server refuses. */
const ambiguous = (one: Loose, index: number, ports: readonly Loose[]): Fault[] => {
  if (ports.length < 2) return [];
  const path = `spec.ports[${index}].name`;
  if (!one.name) {
    return [
      {
        path,
        message: 'The port has no name, beside others.',
        why: 'The API server refuses a Service of several ports of which one has no name.',
        remedy: 'Name it.',
      },
    ];
  }
  const earlier = ports.slice(0, index);
  if (!earlier.some(({ name }) => name === one.name)) return [];
  return [
    {
      path,
      message: 'Another port of the Service has the same name.',
      value: one.name,
      remedy: 'Give one of them another name.',
    },
  ];
};
