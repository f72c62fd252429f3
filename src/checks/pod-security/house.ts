import type { PlacedContainer, PodTemplate } from '../pod/template.js';
import { listOf, recordOf } from '../reference/lenient.js';
import type { Violation } from './violation.js';

/** What our own rules forbid beyond Pod Security. */
export const house = (template: PodTemplate): Violation[] => [
  ...template.containers.flatMap((one) => [
    ...contextFaults(one, template),
    ...mountFaults(one, template),
  ]),
  ...podFaults(template),
  ...(ongoing.includes(template.manifest.object.kind)
    ? template.containers.filter(({ initial }) => !initial).flatMap(probeFaults)
    : []),
];

const podFaults = ({ spec, path }: PodTemplate): Violation[] => [
  ...(spec.enableServiceLinks === false
    ? []
    : [
        {
          path: `${path}.enableServiceLinks`,
          message: 'Every Service of the namespace becomes variables of the containers.',
          why: 'Programs take some of them for their own settings.',
          remedy: 'Say enableServiceLinks: false.',
        },
      ]),
  ...(recordOf(spec.nodeSelector)['kubernetes.io/os'] === 'linux'
    ? []
    : [
        {
          path: `${path}.nodeSelector['kubernetes.io/os']`,
          message: 'The pods may come to a node that is not Linux.',
          remedy: 'Say linux.',
        },
      ]),
];

// A job ends by itself, and nobody waits for it to be ready.
const ongoing = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

const contextFaults = (
  { container, path }: PlacedContainer,
  { spec }: PodTemplate,
): Violation[] => {
  const at = `${path}.securityContext`;
  const own = recordOf(container.securityContext);
  const context: typeof own = { ...recordOf(spec.securityContext), ...own };
  const { runAsUser, runAsGroup, readOnlyRootFilesystem } = context;
  const seccomp = recordOf(context.seccompProfile).type;
  const added = listOf(recordOf(own.capabilities).add);
  const found: Violation[] = [];
  if (!Number.isInteger(runAsUser) || runAsUser <= 0) {
    found.push({
      path: `${at}.runAsUser`,
      message: 'The container names no user by number, or root.',
      value: runAsUser,
      why: 'The kubelet cannot tell whether a user that only the image names is root.',
      remedy: 'Name a user above 0, as the image has it.',
      exception: 'root',
    });
  }
  if (!Number.isInteger(runAsGroup)) {
    found.push({
      path: `${at}.runAsGroup`,
      message: 'The container names no group by number.',
      value: runAsGroup,
      why: 'A user that the image does not know gets the group of root.',
      remedy: 'Name the group, as the image has it.',
    });
  }
  if (readOnlyRootFilesystem !== true) {
    found.push({
      path: `${at}.readOnlyRootFilesystem`,
      message: 'The container may write to its own filesystem.',
      value: readOnlyRootFilesystem,
      why: 'Whoever breaks in can change the program, and what it writes is lost with the container.',
      remedy: 'Say readOnlyRootFilesystem: true, and mount a volume where it must write.',
    });
  }
  if (seccomp !== 'RuntimeDefault') {
    found.push({
      path: `${at}.seccompProfile.type`,
      message: 'The container runs under another filter of system calls than the runtime’s.',
      value: seccomp,
      remedy: 'Say RuntimeDefault.',
    });
  }
  if (added.length > 0) {
    found.push({
      path: `${at}.capabilities.add`,
      message: 'The container gets rights of the administrator.',
      value: added.join(', '),
      remedy: 'Remove it; a port above 1023 needs none.',
    });
  }
  return found;
};

/** Whether a container may write where its node's files are, or passes mounts on to it. */
const mountFaults = ({ container, path }: PlacedContainer, { spec }: PodTemplate): Violation[] => {
  const onHost = listOf(spec.volumes).flatMap(({ name, hostPath }) => (hostPath ? name : []));
  return listOf(container.volumeMounts).flatMap(({ name, readOnly, mountPropagation }, index) => {
    const at = `${path}.volumeMounts[${index}]`;
    return [
      ...(onHost.includes(name) && readOnly !== true
        ? [
            {
              path: `${at}.readOnly`,
              message: 'The container may write to its node.',
              value: readOnly,
              remedy: 'Say readOnly: true.',
            },
          ]
        : []),
      ...(mountPropagation === 'Bidirectional'
        ? [
            {
              path: `${at}.mountPropagation`,
              message: 'What the container mounts appears on its node.',
              value: mountPropagation,
              remedy: 'Say HostToContainer, or remove it.',
            },
          ]
        : []),
    ];
  });
};

const actions = ['httpGet', 'tcpSocket', 'exec', 'grpc'];

const probes = [
  ['livenessProbe', 'A process that hangs is never started again.'],
  ['readinessProbe', 'Clients are sent to it before it can answer.'],
] as const;

// What listens on no TCP port has nothing that a probe could ask.
const answers = (container: PlacedContainer['container']): boolean =>
  listOf(container.ports).some(({ protocol = 'TCP' }) => protocol === 'TCP');

const probeFaults = ({ container, path }: PlacedContainer): Violation[] =>
  (answers(container) ? probes : []).flatMap(([name, why]) =>
    actions.some((action) => recordOf(container[name])[action])
      ? []
      : [
          {
            path: `${path}.${name}`,
            message: `The container has no ${name}.`,
            why,
            remedy: 'Name an endpoint that offers health, or give the container probes.',
          },
        ],
  );
