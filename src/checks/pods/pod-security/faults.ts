import type { FaultKinds, FoundFault } from '../../../model/fault.js';
import type { ObjectFault } from '../../support/pod/fault.js';

export const faults = {
  'host-namespace': {
    what: 'The pod shares the network, the processes or the shared memory of its node.',
    why: 'An attacker in the pod can read or change other processes of the node.',
    example: 'hostPID: true',
    fix: 'Remove it.',
  },
  'host-path': {
    what: 'The pod mounts a path of its node.',
    why: 'An attacker in the pod can read files of the node.',
    example: 'volumes:\n  - hostPath: { path: /etc }',
    fix: 'Use another kind of volume.',
  },
  'host-port': {
    what: 'The container uses a port of its node.',
    why: 'Anyone who reaches the node reaches the container, and two such pods cannot share a node.',
    example: 'ports:\n  - containerPort: 80\n    hostPort: 80',
    fix: 'Remove hostPort, and use a Service.',
  },
  'other-host-probe': {
    what: 'A probe or a hook connects to another host than the pod.',
    why: 'It can be used to reach other hosts from the node.',
    example: 'httpGet: { host: example.com, port: 80 }',
    fix: 'Remove host: without it, the kubelet connects to the pod.',
  },
  'app-armor-off': {
    what: 'The container runs without the AppArmor profile of the container runtime.',
    why: 'A restriction of what its processes may do is missing.',
    example: 'appArmorProfile: { type: Unconfined }',
    fix: 'Set RuntimeDefault, or remove it.',
  },
  privileged: {
    what: 'The container is privileged: it can do everything that its node can.',
    why: 'An attacker in the container controls the node.',
    example: 'securityContext: { privileged: true }',
    fix: 'Remove it.',
  },
  'host-process': {
    what: 'The container is a process of its node.',
    why: 'An attacker in the container controls the node.',
    example: 'windowsOptions: { hostProcess: true }',
    fix: 'Remove it.',
  },
  'unmasked-proc': {
    what: 'The container sees the hidden parts of /proc.',
    why: 'It can read information about other processes of the node.',
    example: 'procMount: Unmasked',
    fix: 'Remove it.',
  },
  'unsafe-sysctl': {
    what: 'The pod sets kernel parameters that affect other pods.',
    why: 'Other pods of the node get these parameters too.',
    example: 'sysctls: [{ name: kernel.msgmax, value: "1" }]',
    fix: 'Remove it.',
  },
  'selinux-option': {
    what: 'The pod sets an SELinux user or role, or a type that is not for containers.',
    why: 'It can get more access than other containers.',
    example: 'seLinuxOptions: { type: spc_t }',
    fix: 'Remove it.',
  },
  'seccomp-off': {
    what: 'The container runs without a filter of system calls.',
    why: 'An attacker in the container can use every system call of the kernel.',
    example: 'seccompProfile: { type: Unconfined }',
    fix: 'Set seccompProfile.type: RuntimeDefault.',
  },
  'volume-kind': {
    what: 'Pods may not use a volume of this kind.',
    why: 'It gives access to the node or to storage outside the control of the cluster.',
    example: 'volumes:\n  - nfs: { server: nas, path: / }',
    fix: 'Use a volume of an allowed kind.',
  },
  'root-allowed': {
    what: 'The container may run as root.',
    why: 'An attacker in the container has the rights of root.',
    example: 'securityContext: { runAsNonRoot: false }',
    fix: 'Set runAsNonRoot: true.',
  },
  'root-user': {
    what: 'The container runs as root.',
    why: 'An attacker in the container has the rights of root.',
    example: 'runAsUser: 0',
    fix: 'Set runAsUser to a number above 0.',
  },
  'no-seccomp-profile': {
    what: 'The container has no seccomp profile.',
    why: 'An attacker in the container can use every system call of the kernel.',
    example: 'securityContext: {}   # without seccompProfile',
    fix: 'Set seccompProfile: { type: RuntimeDefault }.',
  },
  'privilege-escalation': {
    what: 'Processes of the container can get more rights than the container has.',
    why: 'A program with the setuid bit runs as root.',
    example: 'allowPrivilegeEscalation: true',
    fix: 'Set allowPrivilegeEscalation: false.',
  },
  'kept-capabilities': {
    what: 'The container keeps Linux capabilities.',
    why: 'An attacker in the container can use them.',
    example: 'capabilities: {}',
    fix: 'Set capabilities.drop: [ALL].',
  },
  'added-capabilities': {
    what: 'The container adds Linux capabilities.',
    why: 'An attacker in the container can use them.',
    example: 'capabilities: { add: [SYS_ADMIN] }',
    fix: 'Remove them. A port above 1023 needs no capability.',
  },
  'service-links': {
    what: 'The containers get environment variables for every Service of the namespace.',
    why: 'Programs read some of them as their own settings.',
    example: 'enableServiceLinks: true',
    fix: 'Set enableServiceLinks: false.',
  },
  'any-operating-system': {
    what: 'The pods can be scheduled to a node that does not run Linux.',
    why: 'Their images do not start there.',
    example: 'nodeSelector: {}',
    fix: 'Set nodeSelector: { kubernetes.io/os: linux }.',
  },
  'host-users': {
    what: 'The pod has its own users, and shares the network or the processes of its node.',
    why: 'The API server rejects the pods.',
    example: 'hostUsers: false\nhostNetwork: true',
    fix: 'Remove hostUsers.',
  },
  'no-user-number': {
    what: 'The container has no numeric user above 0.',
    why: 'The kubelet cannot verify that a user that only the image names is not root.',
    example: 'securityContext: {}   # without runAsUser',
    fix: 'Set runAsUser to the number of the user in the image.',
  },
  'no-group-number': {
    what: 'The container has no numeric group.',
    why: 'A user that the image does not know gets the group of root.',
    example: 'securityContext: { runAsUser: 65534 }   # without runAsGroup',
    fix: 'Set runAsGroup to the number of the group in the image.',
  },
  'writable-root': {
    what: 'The container can write to its root filesystem.',
    why: 'An attacker can change the program, and written data is lost with the container.',
    example: 'readOnlyRootFilesystem: false',
    fix: 'Set readOnlyRootFilesystem: true, and mount a volume where the program must write.',
  },
  'other-seccomp-profile': {
    what: 'The container does not use the seccomp profile of the container runtime.',
    why: 'A profile that a node does not have keeps the pod from starting.',
    example: 'seccompProfile: { type: Localhost, localhostProfile: own.json }',
    fix: 'Set seccompProfile.type: RuntimeDefault.',
  },
  'writable-host-path': {
    what: 'The container can write to a path of its node.',
    why: 'An attacker in the container can change the node.',
    example: 'volumeMounts:\n  - { name: root, mountPath: /host }   # a hostPath, without readOnly',
    fix: 'Set readOnly: true, unless the folder is only for the state of the container.',
  },
  'mount-to-host': {
    what: 'Mounts of the container appear on its node.',
    why: 'An attacker in the container can change what the node sees.',
    example: 'mountPropagation: Bidirectional',
    fix: 'Set mountPropagation: HostToContainer, or remove it.',
  },
  'no-probe': {
    what: 'The container has no liveness or readiness probe.',
    why: 'A process that hangs is not restarted, or gets requests that it cannot answer.',
    example: 'ports: [{ containerPort: 8080 }]   # without livenessProbe',
    fix: 'Add an endpoint that offers health to the container, or set its probes.',
  },
  'no-level': {
    what: 'The namespace enforces no Pod Security level.',
    why: 'Other pods that are created in it are not restricted.',
    example: 'kind: Namespace\nmetadata:\n  labels: {}',
    fix: 'Set the label pod-security.kubernetes.io/enforce.',
  },
  'low-level': {
    what: 'The Pod Security level of the namespace allows more than its pods need.',
    why: 'Other pods that are created in it may do as much.',
    example: 'pod-security.kubernetes.io/enforce: privileged   # its pods need restricted',
    fix: 'Set the strictest level that its pods pass.',
  },
  'other-mode': {
    what: 'The namespace does not audit or warn at the level that it enforces.',
    why: 'A workload whose pods are rejected is then applied without a warning.',
    example:
      'pod-security.kubernetes.io/enforce: restricted\npod-security.kubernetes.io/warn: baseline',
    fix: 'Set the same level for enforce, audit and warn.',
  },
  'unknown-level': {
    what: 'This Pod Security level does not exist.',
    why: 'The API server rejects or allows every pod, depending on the cluster.',
    example: 'pod-security.kubernetes.io/enforce: restrictd',
    fix: 'Use privileged, baseline or restricted.',
  },
  'unknown-version': {
    what: 'This is not a version of Pod Security.',
    why: 'The API server rejects or allows every pod, depending on the cluster.',
    example: 'pod-security.kubernetes.io/enforce-version: newest',
    fix: 'Use latest, or a version such as v1.36.',
  },
  'unused-exception': {
    what: 'The pods do not need this exception.',
    why: 'The generated README lists it as if it were needed.',
    example:
      "annotations:\n  crowsnest/exception-root: 'reads all files'   # no container runs as root",
    fix: 'Remove it.',
  },
  'no-reason': {
    what: 'The exception has no reason.',
    why: 'An exception without a reason excuses nothing.',
    example: "annotations:\n  crowsnest/exception-host-pid: ''",
    fix: 'Add the reason.',
  },
  'other-folder': {
    what: 'The reason of the exception is for another path of the node than the mounted one.',
    why: 'Nobody has given a reason for the path that is mounted.',
    example: "crowsnest/exception-host-path-root: '/proc: reads processes'   # / is mounted",
    fix: 'Declare the exception for the mounted path, or mount the path that it is for.',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
export type PodSecurityFault = ObjectFault<keyof typeof faults>;
