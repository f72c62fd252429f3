import type { PlacedContainer, PodTemplate } from '../../support/pod/template.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { Violation } from './violation.js';

/** Violations of our own rules, which are stricter than Pod Security. */
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
          fault: 'service-links' as const,
        },
      ]),
  ...(recordOf(spec.nodeSelector)['kubernetes.io/os'] === 'linux'
    ? []
    : [
        {
          path: `${path}.nodeSelector['kubernetes.io/os']`,
          fault: 'any-operating-system' as const,
        },
      ]),
  ...(spec.hostUsers === false && (spec.hostNetwork || spec.hostPID || spec.hostIPC)
    ? [
        {
          path: `${path}.hostUsers`,
          fault: 'host-users' as const,
          value: false,
        },
      ]
    : []),
];

// A job ends by itself, and serves no requests.
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
      fault: 'no-user-number',
      value: runAsUser,
      exception: 'root',
    });
  }
  if (!Number.isInteger(runAsGroup)) {
    found.push({
      path: `${at}.runAsGroup`,
      fault: 'no-group-number',
      value: runAsGroup,
    });
  }
  if (readOnlyRootFilesystem !== true) {
    found.push({
      path: `${at}.readOnlyRootFilesystem`,
      fault: 'writable-root',
      value: readOnlyRootFilesystem,
    });
  }
  if (seccomp !== 'RuntimeDefault') {
    found.push({
      path: `${at}.seccompProfile.type`,
      fault: 'other-seccomp-profile',
      value: seccomp,
    });
  }
  if (added.length > 0) {
    found.push({
      path: `${at}.capabilities.add`,
      fault: 'added-capabilities',
      value: added.join(', '),
    });
  }
  return found;
};

/** Containers that can write to files of the node, or whose mounts appear on the node. */
const mountFaults = ({ container, path }: PlacedContainer, { spec }: PodTemplate): Violation[] => {
  const onHost = listOf(spec.volumes).flatMap(({ name, hostPath }) => (hostPath ? name : []));
  return listOf(container.volumeMounts).flatMap(({ name, readOnly, mountPropagation }, index) => {
    const at = `${path}.volumeMounts[${index}]`;
    return [
      ...(onHost.includes(name) && readOnly !== true
        ? [
            {
              path: `${at}.readOnly`,
              fault: 'writable-host-path' as const,
              value: readOnly,
              exception: `host-write-${name}`,
            },
          ]
        : []),
      ...(mountPropagation === 'Bidirectional'
        ? [
            {
              path: `${at}.mountPropagation`,
              fault: 'mount-to-host' as const,
              value: mountPropagation,
            },
          ]
        : []),
    ];
  });
};

const actions = ['httpGet', 'tcpSocket', 'exec', 'grpc'];

const probes = [
  ['livenessProbe', 'A process that hangs is not restarted.'],
  ['readinessProbe', 'It gets requests before it can answer.'],
] as const;

// A container without a TCP port has nothing that a probe can connect to.
const answers = (container: PlacedContainer['container']): boolean =>
  listOf(container.ports).some(({ protocol = 'TCP' }) => protocol === 'TCP');

const probeFaults = ({ container, path }: PlacedContainer): Violation[] =>
  (answers(container) ? probes : []).flatMap(([name, why]) =>
    actions.some((action) => recordOf(container[name])[action])
      ? []
      : [
          {
            path: `${path}.${name}`,
            fault: 'no-probe' as const,
            message: `The container has no ${name}.`,
            why,
          },
        ],
  );
