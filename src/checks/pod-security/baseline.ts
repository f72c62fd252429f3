import type { PlacedContainer, PodTemplate } from '../pod/template.js';
import { volumesOf } from '../pod/template.js';
import { type Loose, listOf, recordOf } from '../reference/lenient.js';
import type { Violation } from './violation.js';

// The controls as of Kubernetes 1.36, whatever version a namespace names: the newest are the
// strictest, but for pods with users of their own, which the house rules bind all the same.
// https://github.com/kubernetes/pod-security-admission/tree/v0.36.3/policy

/** What the level `baseline` forbids. */
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
            message: `The pod shares the ${what} of its node.`,
            value: spec[field],
            remedy: 'Remove it.',
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
            message: 'The pod mounts a folder of its node.',
            value: recordOf(volume.hostPath).path,
            remedy: 'Mount a volume of another kind.',
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
            message: 'The container runs without the AppArmor profile of its runtime.',
            value,
            remedy: 'Say runtime/default, or remove it.',
          },
        ]
      : [],
  );

const capabilities =
  /^(AUDIT_WRITE|CHOWN|DAC_OVERRIDE|FOWNER|FSETID|KILL|MKNOD|NET_BIND_SERVICE|SETFCAP|SETGID|SETPCAP|SETUID|SYS_CHROOT)$/;
const sysctls =
  /^(kernel\.shm_rmid_forced|net\.ipv4\.(ip_local_port_range|tcp_syncookies|ping_group_range|ip_unprivileged_port_start|ip_local_reserved_ports|tcp_keepalive_time|tcp_fin_timeout|tcp_keepalive_intvl|tcp_keepalive_probes|tcp_rmem|tcp_wmem))$/;
const seLinuxTypes = /^(|container_t|container_init_t|container_kvm_t|container_engine_t)$/;

/** What neither a pod's nor a container's security context may say. */
const securityContext = (context: Loose, path: string): Violation[] => {
  const { privileged, windowsOptions, procMount, ...rest } = recordOf(context);
  const [appArmorType, seccompType] = [rest.appArmorProfile?.type, rest.seccompProfile?.type];
  const { type, user, role } = recordOf(rest.seLinuxOptions);
  const added = listOf(rest.capabilities?.add).filter((name) => !capabilities.test(name));
  const unsafe = listOf(rest.sysctls).filter(({ name }) => !sysctls.test(name));
  const found: [field: string, value: unknown, message: string, remedy: string][] = [];
  const forbid = (isWrong: boolean, ...fault: (typeof found)[number]) => {
    if (isWrong) found.push(fault);
  };
  const remove = 'Remove it.';
  forbid(
    Boolean(privileged),
    'privileged',
    privileged,
    'The container is privileged: it may do whatever its node can.',
    remove,
  );
  forbid(
    Boolean(windowsOptions?.hostProcess),
    'windowsOptions.hostProcess',
    true,
    'The container is a process of its node.',
    remove,
  );
  forbid(
    (procMount ?? 'Default') !== 'Default',
    'procMount',
    procMount,
    'The container sees what is hidden of /proc.',
    remove,
  );
  forbid(
    added.length > 0,
    'capabilities.add',
    added.join(', '),
    'The container gets rights of the administrator.',
    remove,
  );
  forbid(
    unsafe.length > 0,
    'sysctls',
    unsafe.map(({ name }) => name).join(', '),
    'The pod sets kernel parameters that reach beyond it.',
    remove,
  );
  forbid(
    !seLinuxTypes.test(type ?? ''),
    'seLinuxOptions.type',
    type,
    'The SELinux type is none of a container.',
    remove,
  );
  forbid(Boolean(user), 'seLinuxOptions.user', user, 'It sets a user of SELinux.', remove);
  forbid(Boolean(role), 'seLinuxOptions.role', role, 'It sets a role of SELinux.', remove);
  forbid(
    rest.appArmorProfile && !['RuntimeDefault', 'Localhost'].includes(appArmorType),
    'appArmorProfile.type',
    appArmorType,
    'It turns the AppArmor profile of the runtime off.',
    'Say RuntimeDefault, or remove it.',
  );
  forbid(
    rest.seccompProfile && !['RuntimeDefault', 'Localhost'].includes(seccompType),
    'seccompProfile.type',
    seccompType,
    'It turns the filter of system calls off.',
    'Say RuntimeDefault.',
  );
  return found.map(([field, value, message, remedy]) => ({
    path: `${path}.${field}`,
    message,
    value,
    remedy,
  }));
};

const hostPorts = ({ container, path }: PlacedContainer, onHost: boolean): Violation[] =>
  listOf(container.ports).flatMap(({ hostPort, containerPort }, index) =>
    hostPort
      ? [
          {
            path: `${path}.ports[${index}].hostPort`,
            message: 'The container takes a port of its node.',
            value: hostPort,
            remedy: 'Remove it, and use a Service.',
            // On the host network every port is one, and Kubernetes writes it in.
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
      const host = steps.reduce<Loose>((value, step) => value?.[step], container);
      if (!host) return [];
      return [
        {
          path: [path, ...steps].join('.'),
          message: 'The kubelet asks another host than the pod.',
          value: host,
          remedy: 'Remove it: without it the pod is asked.',
          ...(host === '127.0.0.1' && { exception: 'host-network' }),
        },
      ];
    }),
  );
