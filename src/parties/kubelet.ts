import type { CommonEnvironment } from '../config/common.js';
import { platformOf } from '../config/platforms.js';
import { metrics } from '../model/offer.js';
import type { Party } from '../model/party.js';

/** The kubelet of every node, with its three metrics pages. */
export const kubelet = ({ cluster, containerMetrics }: CommonEnvironment): Party => ({
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
      verification: platformOf(cluster.platform).kubelet.value,
      offers: [
        // On k3s, one process exposes here also the metrics of the API server and the control plane.
        metrics('/metrics', { keep: 'used', sampleLimit: 200_000 }),
        ...(containerMetrics === 'kubelet'
          ? [
              // The timestamps of its samples are those of the kernel's values, out of order between
              // containers.
              metrics('/metrics/cadvisor', {
                job: 'cadvisor',
                catalogue: 'kubelet-cadvisor',
                keep: 'used',
                honorTimestamps: false,
                sampleLimit: 200_000,
              }),
            ]
          : []),
        metrics('/metrics/probes', { job: 'kubelet-probes' }),
      ],
    },
  },
  consumes: [],
});
