import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { full } from './full.js';
import { proxied, raw } from './raw.js';

const withoutAgents = {
  nodeAgents: { kind: 'none', reason: 'the nodes are managed by another team' },
  containerMetrics: 'kubelet',
} as const;

/** Environments without findings that together use every option. */
export const rightEnvironments: readonly (readonly [name: string, options: EnvironmentOptions])[] =
  [
    ['full', full],
    [
      'full, behind a Gateway and with Docker',
      {
        ...full,
        cadvisor: { runtime: { kind: 'docker' } },
        exposure: {
          ...full.exposure,
          grafana: {
            kind: 'gateway',
            host: 'grafana.example.com',
            gateway: { namespace: 'edge', name: 'public', listener: 'https' },
            metricsPassword: full.exposure.grafana.metricsPassword,
            controller: full.exposure.grafana.controller,
          },
        },
      },
    ],
    [
      'without node agents',
      { ...full, nodeExporter: {}, cadvisor: {}, logAgent: {}, ...withoutAgents },
    ],
    ['with native configuration', raw],
    ['with native configuration, behind a proxy', proxied],
    ['full, on Cilium', { ...full, cluster: { ...full.cluster, networkPlugin: 'cilium' } }],
  ];
