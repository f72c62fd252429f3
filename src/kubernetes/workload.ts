import { createHash } from 'node:crypto';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { peersName } from '../model/identity.js';
import type { Wiring, WorkloadWiring } from '../model/wiring.js';
import { claims, claimTemplate, claimTemplateName } from './claim.js';
import { type ContainerOptions, container, imageOf } from './container.js';
import { disruptionBudget, spread } from './disruption-budget.js';
import { exceptionAnnotations, type HostAccess } from './exception.js';
import { peerService, service } from './service.js';
import { apiMount, caMount, type Mount, secretMount, tokenMount, volume } from './volume.js';

interface Common {
  readonly containers: readonly ContainerOptions[];
  /** @default - none */
  readonly initContainers?: readonly ContainerOptions[];
  /**
   * Whatever the pods read only at their start: a change of it rolls them.
   * @default - nothing, the pods reload on their own
   */
  readonly restartOn?: unknown;
}

export type WorkloadOptions = Common &
  (
    | {
        readonly kind: 'StatefulSet';
        readonly replicas: number;
        /** Size of each replica's volume. */
        readonly volume: string;
        readonly volumePath: string;
        /** Keeps a client on one replica. @default false */
        readonly sticky?: boolean;
        /** Gives each replica a name of its own, for the others to find it. @default false */
        readonly peers?: boolean;
      }
    | {
        readonly kind: 'Deployment';
        readonly replicas: number;
        /** Stops the old pod before it starts the new one. @default false */
        readonly recreate?: boolean;
      }
    | {
        readonly kind: 'DaemonSet';
        /** What it may see of the host, each with its reason. @default - nothing */
        readonly hostAccess?: HostAccess;
      }
  );

/** The one way to run pods: hardened, with a service account, a Service and claims of its own. */
export const workload = (
  scope: Construct,
  wiring: Wiring,
  key: string,
  options: WorkloadOptions,
): void => {
  const self = wiring.workloads[key];
  if (!self) throw new Error(`There is no workload '${key}' among the component's workloads.`);
  const { identity } = self;
  const { name, namespace, labels } = identity;
  const metadata = { name, namespace, labels: { ...labels } };
  new k8s.KubeServiceAccount(scope, `${name}-service-account`, {
    metadata,
    automountServiceAccountToken: false,
  });
  const hasService = Object.keys(self.endpoints).length > 0 && options.kind !== 'DaemonSet';
  if (hasService) {
    service(scope, self, { sticky: options.kind === 'StatefulSet' && options.sticky === true });
  }
  if (options.kind !== 'DaemonSet' && options.replicas > 1) disruptionBudget(scope, identity);
  const selector = { matchLabels: { ...identity.selector } };
  const template = podTemplate(wiring, self, options);
  switch (options.kind) {
    case 'StatefulSet':
      if (options.peers) peerService(scope, self);
      claims(scope, identity, options.replicas, options.volume, wiring.setting.storageClass);
      new k8s.KubeStatefulSet(scope, `${name}-workload`, {
        metadata,
        spec: {
          selector,
          template,
          replicas: options.replicas,
          serviceName: options.peers ? peersName(identity) : hasService ? name : '',
          podManagementPolicy: 'Parallel',
          persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
          volumeClaimTemplates: [claimTemplate(wiring.setting.storageClass)],
        },
      });
      return;
    case 'Deployment':
      new k8s.KubeDeployment(scope, `${name}-workload`, {
        metadata,
        spec: {
          selector,
          template,
          replicas: options.replicas,
          // Not Recreate: an update from the default strategy to it is refused.
          strategy: options.recreate
            ? { type: 'RollingUpdate', rollingUpdate: oneByOne }
            : undefined,
        },
      });
      return;
    case 'DaemonSet':
      new k8s.KubeDaemonSet(scope, `${name}-workload`, {
        metadata: {
          ...metadata,
          annotations: exceptionAnnotations(options.hostAccess, options.containers),
        },
        spec: {
          selector,
          template,
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { maxUnavailable: k8s.IntOrString.fromString('10%') },
          },
        },
      });
  }
};

/** What the slowest of its servers declares to need. */
const stopSeconds = ({ endpoints }: WorkloadWiring): number | undefined => {
  const needs = Object.values(endpoints)
    .flatMap(({ offers }) => offers)
    .flatMap((one) => (one.capability === 'health' ? (one.stopSeconds ?? []) : []));
  return needs.length > 0 ? Math.max(...needs) : undefined;
};

const oneByOne = {
  maxSurge: k8s.IntOrString.fromNumber(0),
  maxUnavailable: k8s.IntOrString.fromNumber(1),
};

const podTemplate = (
  { setting }: Wiring,
  self: WorkloadWiring,
  options: WorkloadOptions,
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
      `Workload '${identity.name}' has several containers, and none says 'connects: true': ` +
        'which of them gets the tokens and Secrets of its connections?',
    );
  }
  const volumes = [...containers, ...initContainers].flatMap(({ mounts = [] }) => mounts);
  const [first] = options.containers;
  return {
    metadata: {
      labels: { ...identity.labels },
      annotations:
        options.restartOn === undefined
          ? undefined
          : { 'crowsnest/restart-on': digest(options.restartOn) },
    },
    spec: {
      serviceAccountName: identity.name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      hostNetwork: hostNetwork || undefined,
      dnsPolicy: hostNetwork ? 'ClusterFirstWithHostNet' : undefined,
      hostPid: (onNodes && options.hostAccess?.hostPid !== undefined) || undefined,
      terminationGracePeriodSeconds: stopSeconds(self),
      nodeSelector: { 'kubernetes.io/os': 'linux', ...(onNodes ? {} : setting.nodeSelector) },
      priorityClassName: setting.priorityClass,
      topologySpreadConstraints:
        options.kind !== 'DaemonSet' && options.replicas > 1 ? spread(identity) : undefined,
      tolerations: onNodes ? [{ operator: 'Exists' }] : some(setting.tolerations),
      imagePullSecrets: some(setting.pullSecrets.map((name) => ({ name }))),
      securityContext: {
        runAsNonRoot: onNodes && options.hostAccess?.root !== undefined ? undefined : true,
        fsGroup: first && !onNodes ? imageOf(first, setting).group : undefined,
        // Without it, a large volume is walked file by file at every start.
        fsGroupChangePolicy: onNodes ? undefined : 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
      initContainers: some(initContainers.map((one) => container(one, self, setting))),
      containers: containers.map((one) =>
        container(one, self, setting, connects(one) ? connectionMounts : []),
      ),
      volumes: distinctVolumes([...volumes, ...connectionMounts]),
    },
  };
};

const withVolume = (
  containers: readonly ContainerOptions[],
  options: WorkloadOptions,
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

const distinctVolumes = (mounts: readonly Mount[]): k8s.Volume[] | undefined => {
  const byName = new Map<string, Mount>();
  for (const mount of mounts) {
    const other = byName.get(mount.name);
    if (other && JSON.stringify(other.source) !== JSON.stringify(mount.source)) {
      throw new Error(`Two volumes are named '${mount.name}': give one of them another name.`);
    }
    byName.set(mount.name, mount);
  }
  return some([...byName.values()].flatMap((mount) => volume(mount) ?? []));
};

/** The list, or nothing where it is empty, so that no empty field ships. */
const some = <T>(list: readonly T[]): T[] | undefined => (list.length > 0 ? [...list] : undefined);

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
