import { k8s } from 'cdk8s-plus-28';
import type { Probe, Probes } from '../model/probe.js';
import type { ContainerImage, Setting, WorkloadWiring } from '../model/wiring.js';
import { type Mount, volumeMount } from './volume.js';

/** Requests and the memory limit of a container; a CPU limit is never set. */
export interface ContainerResources {
  readonly cpu: string;
  readonly memory: string;
  readonly memoryLimit: string;
}

export interface ContainerOptions {
  readonly name: string;
  /** Name of an image in `config/images.ts`, or an image of one's own. */
  readonly image: string | ContainerImage;
  /** @default - the image's entrypoint */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Variables from a field of the pod, such as `status.podIP`. */
  readonly podFields?: Readonly<Record<string, string>>;
  /** Names of the endpoints on which it listens: they become ports and probes. */
  readonly endpoints?: readonly string[];
  /** @default - those of its first endpoint that offers health */
  readonly probes?: Probes;
  readonly mounts?: readonly Mount[];
  readonly resources: ContainerResources;
  /**
   * Makes the pod's connections: it alone gets the tokens and Secrets for them.
   * @default - the pod's only container does
   */
  readonly connects?: boolean;
}

/** A hardened container: no root, no writing, no capability, no escalation. */
export const container = (
  options: ContainerOptions,
  { endpoints, probes }: WorkloadWiring,
  setting: Setting,
  connectionMounts: readonly Mount[] = [],
): k8s.Container => {
  const { reference, user, group } = imageOf(options, setting);
  const named = options.endpoints ?? [];
  const ports = named.map((name) => {
    const endpoint = endpoints[name];
    if (!endpoint) throw new Error(`Container '${options.name}' listens on no endpoint '${name}'.`);
    return { name, containerPort: endpoint.port, protocol: endpoint.protocol ?? 'TCP' };
  });
  const probed = options.probes ?? named.map((name) => probes[name]).find(Boolean);
  // A Secret may be the container's own and a connection's as well.
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
        cpu: k8s.Quantity.fromString(options.resources.cpu),
        memory: k8s.Quantity.fromString(options.resources.memory),
      },
      limits: { memory: k8s.Quantity.fromString(options.resources.memoryLimit) },
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

const environment = ({ env = {}, podFields = {} }: ContainerOptions): k8s.EnvVar[] | undefined => {
  const variables: k8s.EnvVar[] = [
    ...Object.entries(env).map(([name, value]) => ({ name, value })),
    ...Object.entries(podFields).map(([name, fieldPath]) => ({
      name,
      valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } },
    })),
  ];
  return variables.length > 0 ? variables : undefined;
};

const probe = (options: Probe): k8s.Probe => ({
  httpGet: {
    path: options.path,
    port: k8s.IntOrString.fromNumber(options.port),
    scheme: options.scheme,
    host: options.host,
  },
  periodSeconds: options.periodSeconds,
  timeoutSeconds: options.timeoutSeconds,
  failureThreshold: options.failureThreshold,
});
