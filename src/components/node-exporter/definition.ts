import { z } from 'zod';
import { port } from '../../config/fields.js';
import { defineComponent } from '../definition.js';
import { nodeExporter as declare } from './node-exporter.js';

const size = {
  cpu: '20m',
  memory: '32Mi',
  memoryLimit: '128Mi',
  proxy: { cpu: '10m', memory: '32Mi', memoryLimit: '96Mi' },
};

export const nodeExporter = defineComponent({
  name: 'node-exporter',
  options: {
    /** Port on every node; the next port is used too. */
    port: port.max(65534).default(9100),
    /** Clients that can read it: those that the API server authorizes, or all that reach the node. */
    protection: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('kube-rbac-proxy') }),
        z.strictObject({
          kind: z.literal('plain'),
          /** Listed in the generated README. */
          reason: z.string().min(10),
        }),
      ])
      .default({ kind: 'kube-rbac-proxy' }),
  },
  // The same in all clusters: it reads one node.
  sizes: { small: size, medium: size, large: size },
  images: {
    'node-exporter': {
      repository: 'quay.io/prometheus/node-exporter',
      tag: 'v1.12.1-distroless',
      user: 65532,
      group: 65532,
      entrypoint: '/bin/node_exporter',
      shell: false,
      dockerfile: 'https://github.com/prometheus/node_exporter/blob/v1.12.1/Dockerfile.distroless',
    },
    'kube-rbac-proxy': {
      repository: 'quay.io/brancz/kube-rbac-proxy',
      tag: 'v0.22.1',
      user: 65532,
      group: 65532,
      entrypoint: '/usr/local/bin/kube-rbac-proxy',
      shell: false,
      dockerfile: 'https://github.com/kube-rbac-proxy/kube-rbac-proxy/blob/v0.22.1/Dockerfile',
    },
  },
  isWanted: ({ environment: { nodeAgents } }) => nodeAgents.kind === 'deployed',
  declare: ({ options: { port, protection }, size: { proxy, ...resources } }) =>
    declare({
      port,
      resources,
      protection: protection.kind === 'plain' ? protection : { ...protection, resources: proxy },
    }),
});
