import type { PlacedContainer, PodTemplate } from '../../support/pod/template.js';
import { volumesOf } from '../../support/pod/template.js';
import { listOf, recordOf, type Untyped } from '../../support/untyped.js';
import type { Violation } from './violation.js';

// The rules of Kubernetes 1.36, for any version in the label of a namespace: the newest are the
// strictest. They allow more only for pods with user namespaces, to which our own rules also apply.
// https://github.com/kubernetes/pod-security-admission/tree/v0.36.3/policy

/** Violations of the level `baseline`. */
export const baseline = (template: PodTemplate): Violation[] =>
  [
    ...hostNamespaces(template),
    ...hostPaths(template),
    ...annotations(template),
    ...securityContext(template.spec.securityContext, `${template.path}.securityContext`),
    ...template.containers.flatMap((one) => [
      ...securityContext(one.container.securityContext, `${one.path}.securityContext`),
      ...hostPorts(one, template.spec.hostNetwork === true),
      ...hostHandlers(one),
    ]),
  ].map((violation) => ({ ...violation, level: 'baseline' }));

const hostNamespaces = ({ spec, path }: PodTemplate): Violation[] =>
  (
    [
      ['hostNetwork', 'network', 'host-network'],
      ['hostPID', 'processes', 'host-pid'],
      ['hostIPC', 'shared memory', undefined],
    ] as const
  ).flatMap(([field, what, exception]) =>
    spec[field]
      ? [
          {
            path: `${path}.${field}`,
            fault: 'host-namespace',
            message: `The pod shares the ${what} of its node.`,
            value: spec[field],
            ...(exception && { exception }),
          },
        ]
      : [],
  );

const hostPaths = (template: PodTemplate): Violation[] =>
  volumesOf(template).flatMap(({ volume, path }) =>
    volume.hostPath
      ? [
          {
            path: `${path}.hostPath`,
            fault: 'host-path',
            value: recordOf(volume.hostPath).path,
            exception: `host-path-${volume.name}`,
          },
        ]
      : [],
  );

const appArmor = 'container.apparmor.security.beta.kubernetes.io/';

const annotations = ({ metadata, path }: PodTemplate): Violation[] =>
  Object.entries(recordOf(metadata.annotations)).flatMap(([key, value]) =>
    key.startsWith(appArmor) && !/^(|runtime\/default|localhost\/.*)$/.test(`${value}`)
      ? [
          {
            path: `${path.replace(/spec$/, 'metadata')}.annotations['${key}']`,
            fault: 'app-armor-off' as const,
            value,
          },
        ]
      : [],
  );

const capabilities =
  /^(AUDIT_WRITE|CHOWN|DAC_OVERRIDE|FOWNER|FSETID|KILL|MKNOD|NET_BIND_SERVICE|SETFCAP|SETGID|SETPCAP|SETUID|SYS_CHROOT)$/;
const sysctls =
  /^(kernel\.shm_rmid_forced|net\.ipv4\.(ip_local_port_range|tcp_syncookies|ping_group_range|ip_unprivileged_port_start|ip_local_reserved_ports|tcp_keepalive_time|tcp_fin_timeout|tcp_keepalive_intvl|tcp_keepalive_probes|tcp_rmem|tcp_wmem))$/;
const seLinuxTypes = /^(|container_t|container_init_t|container_kvm_t|container_engine_t)$/;

/** Violations in the security context of a pod or a container. */
const securityContext = (context: Untyped, path: string): Violation[] => {
  const { privileged, windowsOptions, procMount, ...rest } = recordOf(context);
  const [appArmorType, seccompType] = [rest.appArmorProfile?.type, rest.seccompProfile?.type];
  const { type, user, role } = recordOf(rest.seLinuxOptions);
  const added = listOf(rest.capabilities?.add).filter((name) => !capabilities.test(name));
  const unsafe = listOf(rest.sysctls).filter(({ name }) => !sysctls.test(name));
  const found: Violation[] = [];
  const forbid = (
    isWrong: boolean,
    fault: Violation['fault'],
    field: string,
    value: unknown,
    message?: string,
    exception?: string,
  ) => {
    if (!isWrong) return;
    found.push({
      fault,
      path: `${path}.${field}`,
      value,
      ...(message && { message }),
      ...(exception && { exception }),
    });
  };
  forbid(Boolean(privileged), 'privileged', 'privileged', privileged);
  forbid(Boolean(windowsOptions?.hostProcess), 'host-process', 'windowsOptions.hostProcess', true);
  forbid((procMount ?? 'Default') !== 'Default', 'unmasked-proc', 'procMount', procMount);
  forbid(added.length > 0, 'added-capabilities', 'capabilities.add', added.join(', '));
  forbid(unsafe.length > 0, 'unsafe-sysctl', 'sysctls', unsafe.map(({ name }) => name).join(', '));
  forbid(
    !seLinuxTypes.test(type ?? ''),
    'selinux-option',
    'seLinuxOptions.type',
    type,
    'The SELinux type is not one for containers.',
    'se-linux',
  );
  const own = (what: string) => `The pod sets an SELinux ${what}.`;
  forbid(Boolean(user), 'selinux-option', 'seLinuxOptions.user', user, own('user'));
  forbid(Boolean(role), 'selinux-option', 'seLinuxOptions.role', role, own('role'));
  forbid(
    rest.appArmorProfile && !['RuntimeDefault', 'Localhost'].includes(appArmorType),
    'app-armor-off',
    'appArmorProfile.type',
    appArmorType,
  );
  forbid(
    rest.seccompProfile && !['RuntimeDefault', 'Localhost'].includes(seccompType),
    'seccomp-off',
    'seccompProfile.type',
    seccompType,
  );
  return found;
};

const hostPorts = ({ container, path }: PlacedContainer, onHost: boolean): Violation[] =>
  listOf(container.ports).flatMap(({ hostPort, containerPort }, index) =>
    hostPort
      ? [
          {
            path: `${path}.ports[${index}].hostPort`,
            fault: 'host-port',
            value: hostPort,
            // On the host network every port is a host port, and Kubernetes sets the field.
            ...(onHost && hostPort === containerPort && { exception: 'host-network' }),
          },
        ]
      : [],
  );

const handlers = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

const hostHandlers = ({ container, path }: PlacedContainer): Violation[] =>
  handlers.flatMap((way) =>
    ['httpGet', 'tcpSocket'].flatMap((action) => {
      const steps = [...way, action, 'host'];
      const host = steps.reduce<Untyped>((value, step) => value?.[step], container);
      if (!host) return [];
      return [
        {
          path: [path, ...steps].join('.'),
          fault: 'other-host-probe',
          value: host,
          ...(host === '127.0.0.1' && { exception: 'host-network' }),
        },
      ];
    }),
  );
