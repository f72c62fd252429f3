import { z } from 'zod';
import { type Platform, platformOf } from '../../config/platforms.js';
import { defineComponent } from '../definition.js';
import { type ContainerRuntime, cadvisor as declare } from './cadvisor.js';

const size = { cpu: '50m', memory: '128Mi', memoryLimit: '384Mi' };

export const cadvisor = defineComponent({
  name: 'cadvisor',
  options: {
    /** The container runtime of the nodes. @default - containerd, at its usual socket */
    runtime: z
      .discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('containerd'),
          /** @default - that of the platform */
          socket: z
            .string({ error: "an absolute path such as '/run/containerd/containerd.sock'" })
            .regex(/^\/.+\/[^/]+$/)
            .optional(),
        }),
        z.strictObject({ kind: z.literal('docker') }),
      ])
      .default({ kind: 'containerd' }),
  },
  // The same in all clusters: it depends on the pods of one node.
  sizes: { small: size, medium: size, large: size },
  images: {
    // Root: the only image that needs it.
    cadvisor: {
      repository: 'ghcr.io/google/cadvisor',
      tag: 'v0.60.5',
      user: 0,
      group: 0,
      entrypoint: '/usr/bin/entrypoint.sh',
      shell: true,
      dockerfile: 'https://github.com/google/cadvisor/blob/v0.60.5/deploy/Dockerfile',
    },
  },
  isWanted: ({ environment: { nodeAgents, containerMetrics } }) =>
    nodeAgents.kind === 'deployed' && containerMetrics === 'cadvisor',
  declare: ({ options: { runtime }, size: resources, environment: { cluster } }) =>
    declare({
      resources,
      runtime: runtimeOf(runtime, platformOf(cluster.platform)),
    }),
});

/** The container runtime, with the socket of the platform if the options name none. */
export const runtimeOf = (
  runtime: { readonly kind: 'docker' } | { readonly kind: 'containerd'; readonly socket?: string },
  { containerdSocket }: Platform,
): ContainerRuntime =>
  runtime.kind === 'docker'
    ? runtime
    : {
        ...runtime,
        socket: runtime.socket ?? containerdSocket?.value ?? '/run/containerd/containerd.sock',
      };
