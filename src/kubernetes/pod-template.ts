import { createHash } from 'node:crypto';
import type { k8s } from 'cdk8s-plus-28';
import type { ContainerImage, Setting, Wiring, WorkloadWiring } from '../model/wiring.js';
import { claimTemplateName } from './claim.js';
import { type ContainerOptions, container, imageOf } from './container.js';
import { spread } from './disruption-budget.js';
import type { HostAccess } from './exception.js';
import { apiMount, caMount, type Mount, secretMount, tokenMount, volume } from './volume.js';

/** What pods of all kinds have. */
export interface PodOptions {
  readonly containers: readonly ContainerOptions[];
  /** @default - none */
  readonly initContainers?: readonly ContainerOptions[];
  /**
   * What the pods read only at their start, besides their configuration files: a change restarts them.
   * @default - nothing
   */
  readonly restartOn?: unknown;
  /** Annotations of its service account. @default - none */
  readonly accountAnnotations?: Readonly<Record<string, string>>;
  /**
   * Permissions of the files of its Secrets, which its group can read: for a program that rejects a key
   * that everybody can read.
   * @default - 0o644, as in Kubernetes
   */
  readonly secretMode?: 0o440;
  /** The name of a pod, on whose node they run: for a volume that only one node can mount. @default - any node */
  readonly beside?: string;
  /** The name of a pod, without which they wait: they and this pod are never on one node. @default - none */
  readonly apart?: string;
  /** Whether its group may open sockets for ICMP echo requests, which need no capability. @default false */
  readonly pings?: boolean;
}

/** The kinds of objects that create pods, as far as their pods depend on it. */
export type PodKind =
  | { readonly kind: 'StatefulSet'; readonly replicas: number; readonly volumePath: string }
  | { readonly kind: 'Deployment'; readonly replicas: number }
  | { readonly kind: 'DaemonSet'; readonly hostAccess?: HostAccess }
  /** Its pods run once. */
  | { readonly kind: 'CronJob' };

type Options = PodOptions & PodKind;

/** The longest stop time that one of its servers declares. */
const stopSeconds = ({ endpoints }: WorkloadWiring): number | undefined => {
  const needs = Object.values(endpoints)
    .flatMap(({ offers }) => offers)
    .flatMap((one) => (one.capability === 'health' ? (one.stopSeconds ?? []) : []));
  return needs.length > 0 ? Math.max(...needs) : undefined;
};

/**
 * Whether each replica can have its own node. Those of a Deployment can share one: an update starts a
 * new pod before it stops an old one.
 */
const hasNodeForEach = (options: Options, { apartOn }: Setting): boolean =>
  options.kind === 'StatefulSet' && apartOn >= options.replicas;

/**
 * Pod Security `restricted` allows this sysctl, and kubelets do by default: it is of the network namespace of the pod.
 * https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls
 */
const pingSockets = ({ group }: ContainerImage): k8s.Sysctl[] => [
  { name: 'net.ipv4.ping_group_range', value: `${group} ${group}` },
];

/** The pods of a workload: hardened, with its service account. */
export const podTemplate = (
  { setting }: Wiring,
  self: WorkloadWiring,
  options: Options,
): k8s.PodTemplateSpec => {
  const { identity, access, clusterCa, hostNetwork, tokenAudiences, secrets } = self;
  const onNodes = options.kind === 'DaemonSet';
  const containers = withVolume(options.containers, options);
  const initContainers = withVolume(options.initContainers ?? [], options);
  const connectionMounts = [
    ...(access ? [apiMount] : clusterCa ? [caMount] : []),
    ...(tokenAudiences.length > 0 ? [tokenMount(tokenAudiences)] : []),
    ...secrets.map(secretMount),
  ];
  const connects = (one: ContainerOptions) => one.connects ?? options.containers.length === 1;
  if (connectionMounts.length > 0 && !options.containers.some(connects)) {
    throw new Error(
      `Workload '${identity.name}' has several containers, but none has 'connects: true': ` +
        'set it for the container that gets the tokens and Secrets of its connections.',
    );
  }
  const volumes = [...containers, ...initContainers].flatMap(({ mounts = [] }) => mounts);
  const restartOn = [
    options.restartOn ?? [],
    ...volumes.map((one) => one.restartOn ?? []),
    versionsOf([...volumes, ...connectionMounts], [...containers, ...initContainers], (secret) =>
      setting.secretVersion?.(identity.selector['app.kubernetes.io/name'] ?? '', secret),
    ),
  ].flat();
  const [first] = options.containers;
  return {
    metadata: {
      labels: { ...identity.labels },
      annotations: restartOn.length > 0 ? { 'crowsnest/restart-on': digest(restartOn) } : undefined,
    },
    spec: {
      serviceAccountName: identity.name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      hostNetwork: hostNetwork || undefined,
      dnsPolicy: hostNetwork ? 'ClusterFirstWithHostNet' : undefined,
      hostUsers: setting.hostUsers || onNodes ? undefined : false,
      hostPid: (onNodes && options.hostAccess?.hostPid !== undefined) || undefined,
      terminationGracePeriodSeconds: stopSeconds(self),
      nodeSelector: { 'kubernetes.io/os': 'linux', ...(onNodes ? {} : setting.nodeSelector) },
      affinity:
        onNodes && setting.avoidedNodes
          ? outside(setting.avoidedNodes)
          : options.beside !== undefined
            ? { podAffinity: nodeOf(options.beside) }
            : options.apart !== undefined
              ? { podAntiAffinity: nodeOf(options.apart) }
              : undefined,
      priorityClassName: self.priorityClass,
      topologySpreadConstraints:
        'replicas' in options && options.replicas > 1
          ? spread(identity, { strict: hasNodeForEach(options, setting) })
          : undefined,
      restartPolicy: options.kind === 'CronJob' ? 'Never' : undefined,
      tolerations: onNodes ? [{ operator: 'Exists' }] : some(setting.tolerations),
      imagePullSecrets: some(setting.pullSecrets.map((name) => ({ name }))),
      securityContext: {
        runAsNonRoot: onNodes && options.hostAccess?.root !== undefined ? undefined : true,
        fsGroup: first && !onNodes ? (first.user ?? imageOf(first, setting)).group : undefined,
        // Otherwise the kubelet changes the owner of every file of a volume at each start.
        fsGroupChangePolicy: onNodes ? undefined : 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
        seLinuxOptions:
          onNodes && options.hostAccess?.seLinuxType
            ? { type: options.hostAccess.seLinuxType.type }
            : undefined,
        sysctls: options.pings && first ? pingSockets(imageOf(first, setting)) : undefined,
      },
      initContainers: some(initContainers.map((one) => container(one, self, setting))),
      containers: containers.map((one) =>
        container(one, self, setting, connects(one) ? connectionMounts : []),
      ),
      volumes: distinctVolumes([...volumes, ...connectionMounts], options.secretMode),
    },
  };
};

/** The stated versions of the Secrets that pods read only at their start. */
const versionsOf = (
  mounts: readonly Mount[],
  containers: readonly ContainerOptions[],
  versionOf: (secret: string) => string | undefined,
): string[] => {
  const mounted = mounts.flatMap(({ source }) => (source.kind === 'secret' ? source.name : []));
  const inVariables = containers.flatMap(({ secretEnv = {} }) =>
    Object.values(secretEnv).map(({ secret }) => secret),
  );
  return [...new Set([...mounted, ...inVariables])].sort().flatMap((secret) => {
    const version = versionOf(secret);
    return version === undefined ? [] : `${secret}=${version}`;
  });
};

/** Node agents tolerate every taint, so only an affinity keeps them away from nodes. */
const outside = ({ label, value }: NonNullable<Setting['avoidedNodes']>): k8s.Affinity => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [
        { matchExpressions: [{ key: label, operator: 'NotIn', values: [value] }] },
      ],
    },
  },
});

/** The StatefulSet controller labels each pod with its name. */
const nodeOf = (pod: string): k8s.PodAffinity => ({
  requiredDuringSchedulingIgnoredDuringExecution: [
    {
      topologyKey: 'kubernetes.io/hostname',
      labelSelector: { matchLabels: { 'statefulset.kubernetes.io/pod-name': pod } },
    },
  ],
});

const withVolume = (
  containers: readonly ContainerOptions[],
  options: Options,
): readonly ContainerOptions[] => {
  if (options.kind !== 'StatefulSet') return containers;
  const data: Mount = {
    name: claimTemplateName,
    path: options.volumePath,
    source: { kind: 'claim' },
  };
  return containers.map((one, index) =>
    index === 0 ? { ...one, mounts: [data, ...(one.mounts ?? [])] } : one,
  );
};

const distinctVolumes = (
  mounts: readonly Mount[],
  secretMode: number | undefined,
): k8s.Volume[] | undefined => {
  const byName = new Map<string, Mount>();
  for (const mount of mounts) {
    const other = byName.get(mount.name);
    if (other && JSON.stringify(other.source) !== JSON.stringify(mount.source)) {
      throw new Error(`Two volumes are named '${mount.name}': rename one of them.`);
    }
    byName.set(mount.name, mount);
  }
  return some([...byName.values()].flatMap((mount) => volume(mount, secretMode) ?? []));
};

/** The list, or undefined if it is empty, so that manifests have no empty fields. */
const some = <T>(list: readonly T[]): T[] | undefined => (list.length > 0 ? [...list] : undefined);

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
