import type { CommonEnvironment } from '../config/common.js';
import { type Platform, platformOf } from '../config/platforms.js';
import type { ServerVerification } from '../model/endpoint.js';
import { metrics } from '../model/offer.js';
import type { Party } from '../model/party.js';

/** The kubelet of every node, with its three metrics pages; none if pods cannot reach it. */
export const kubelet = ({ cluster, containerMetrics }: CommonEnvironment): Party[] => {
  const platform: Platform = platformOf(cluster.platform);
  const verification = cluster.kubelet ?? platform.kubelet.value;
  if (verification.kind === 'unreachable') return [];
  return [reachable(verification, containerMetrics, platform.unreachableNodes?.value)];
};

const reachable = (
  verification: ServerVerification,
  containerMetrics: CommonEnvironment['containerMetrics'],
  without?: { readonly label: string; readonly value: string },
): Party => {
  const targets = without && {
    targetRelabel: [
      {
        source_labels: [`__meta_kubernetes_node_label_${without.label.replace(/\W/g, '_')}`],
        regex: without.value,
        action: 'drop' as const,
      },
    ],
  };
  return {
    name: 'kubelet',
    workloads: { kubelet: { kind: 'nodes' } },
    endpoints: {
      api: {
        port: 10250,
        scheme: 'https',
        authentication: {
          kind: 'token',
          grants: [{ apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] }],
        },
        verification,
        offers: [
          // On k3s, one process exposes here also the metrics of the API server and the control plane.
          metrics('/metrics', { ...targets, keep: 'used', sampleLimit: 200_000 }),
          ...(containerMetrics === 'kubelet'
            ? [
                // The timestamps of its samples are those of the kernel's values, out of order between
                // containers.
                metrics('/metrics/cadvisor', {
                  ...targets,
                  job: 'cadvisor',
                  catalogue: 'kubelet-cadvisor',
                  keep: 'used',
                  honorTimestamps: false,
                  sampleLimit: 200_000,
                }),
              ]
            : []),
          metrics('/metrics/probes', { ...targets, job: 'kubelet-probes' }),
        ],
      },
    },
    consumes: [],
  };
};
