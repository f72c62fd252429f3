import type { k8s } from 'cdk8s-plus-28';
import type { SecretReference } from '../model/prerequisite.js';
import type { Probe, Probes } from '../model/probe.js';
import { quantityValue } from '../model/quantity.js';
import type { ContainerImage, Setting, WorkloadWiring } from '../model/wiring.js';
import { api, quantity } from './api.js';
import { type Mount, volumeMount } from './volume.js';

/** Requests and memory limit of a container; there is never a CPU limit. */
export interface ContainerResources {
  readonly cpu: string;
  readonly memory: string;
  readonly memoryLimit: string;
}

export interface ContainerOptions {
  readonly name: string;
  /** Name of an image in the definition of a component, or an image of your own. */
  readonly image: string | ContainerImage;
  /** @default - that of the image */
  readonly user?: { readonly user: number; readonly group: number };
  /** @default - the image's entrypoint */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Environment variables from a field of the pod, such as `status.podIP`. */
  readonly podFields?: Readonly<Record<string, string>>;
  /** Environment variables from keys of Secrets. */
  readonly secretEnv?: Readonly<Record<string, SecretReference>>;
  /** Names of the endpoints on which it listens, which become ports and probes. */
  readonly endpoints?: readonly string[];
  /** @default - those of its first endpoint that offers `health` */
  readonly probes?: Probes;
  readonly mounts?: readonly Mount[];
  readonly resources: ContainerResources;
  /**
   * Sets `GOMEMLIMIT`, so that Go's garbage collector keeps memory below the limit. For Go programs
   * that do not read the limit themselves.
   * @default false
   */
  readonly goMemoryLimit?: boolean;
  /**
   * Opens the connections of the pod: only this container gets the tokens and Secrets for them.
   * @default - true if it is the only container
   */
  readonly connects?: boolean;
}

/** A hardened container: non-root, read-only file system, no capabilities, no privilege escalation. */
export const container = (
  options: ContainerOptions,
  { endpoints, probes }: WorkloadWiring,
  setting: Setting,
  connectionMounts: readonly Mount[] = [],
): k8s.Container => {
  const { reference, ...usual } = imageOf(options, setting);
  const { user, group } = options.user ?? usual;
  const named = options.endpoints ?? [];
  const ports = named.map((name) => {
    const endpoint = endpoints[name];
    if (!endpoint)
      throw new Error(`Container '${options.name}' listens on the unknown endpoint '${name}'.`);
    return { name, containerPort: endpoint.port, protocol: endpoint.protocol ?? 'TCP' };
  });
  const probed = options.probes ?? named.map((name) => probes[name]).find(Boolean);
  // A container and a connection can use the same Secret.
  const all = [...(options.mounts ?? []), ...connectionMounts];
  const mounts = [...new Map(all.map((mount) => [mount.path, mount])).values()];
  return {
    name: options.name,
    image: reference,
    imagePullPolicy: 'IfNotPresent',
    command: options.command && [...options.command],
    args: options.args && [...options.args],
    env: environment(options),
    ports: ports.length > 0 ? ports : undefined,
    resources: {
      requests: {
        cpu: quantity(options.resources.cpu, 'cpu'),
        memory: quantity(options.resources.memory, 'memory'),
      },
      limits: { memory: quantity(options.resources.memoryLimit, 'memoryLimit') },
    },
    ...(probed && {
      livenessProbe: probe(probed.liveness),
      readinessProbe: probe(probed.readiness),
      startupProbe: probed.startup && probe(probed.startup),
    }),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: user !== 0,
      runAsUser: user,
      runAsGroup: group,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: mounts.length > 0 ? mounts.map(volumeMount) : undefined,
  };
};

/** The image of a container. */
export const imageOf = ({ image }: ContainerOptions, setting: Setting): ContainerImage =>
  typeof image === 'string' ? setting.image(image) : image;

// The rest is for memory that the runtime does not count. Programs that read the limit themselves,
// such as Prometheus, use the same ratio: https://pkg.go.dev/github.com/KimMachineGun/automemlimit
const shareForGo = 0.9;

/** In Go's format: https://pkg.go.dev/runtime#hdr-Environment_Variables */
const goLimit = ({ memoryLimit }: ContainerResources): string =>
  `${Math.floor((quantityValue(memoryLimit) * shareForGo) / 2 ** 20)}MiB`;

const environment = ({
  env = {},
  podFields = {},
  secretEnv = {},
  goMemoryLimit = false,
  resources,
}: ContainerOptions): k8s.EnvVar[] | undefined => {
  const variables: k8s.EnvVar[] = [
    ...(goMemoryLimit ? [{ name: 'GOMEMLIMIT', value: goLimit(resources) }] : []),
    ...Object.entries(env).map(([name, value]) => ({ name, value })),
    ...Object.entries(podFields).map(([name, fieldPath]) => ({
      name,
      valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } },
    })),
    ...Object.entries(secretEnv).map(([name, { secret, key }]) => ({
      name,
      valueFrom: { secretKeyRef: { name: secret, key } },
    })),
  ];
  return variables.length > 0 ? variables : undefined;
};

const probe = (options: Probe): k8s.Probe => ({
  httpGet: {
    path: options.path,
    port: api.IntOrString.fromNumber(options.port),
    scheme: options.scheme,
    host: options.host,
  },
  periodSeconds: options.periodSeconds,
  timeoutSeconds: options.timeoutSeconds,
  failureThreshold: options.failureThreshold,
});
