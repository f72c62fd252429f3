import type { CommonEnvironment } from '../config/common.js';
import { platformOf } from '../config/platforms.js';
import type { ServerVerification } from '../model/endpoint.js';
import { metrics } from '../model/offer.js';
import type { Party } from '../model/party.js';

/** The kubelet of every node, with its three metrics pages; none if pods cannot reach it. */
export const kubelet = ({ cluster, containerMetrics }: CommonEnvironment): Party[] => {
  const known = platformOf(cluster.platform).kubelet.value;
  const verification = cluster.kubelet ?? known;
  return verification.kind === 'unreachable' ? [] : [reachable(verification, containerMetrics)];
};

const reachable = (
  verification: ServerVerification,
  containerMetrics: CommonEnvironment['containerMetrics'],
): Party => ({
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
