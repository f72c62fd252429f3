import type { Capture } from '../capture.js';
import { kubernetesDocumentation } from '../kubernetes-documentation.js';
import { kubernetesReleases } from '../kubernetes-releases.js';

/** It programs the network of a node, which no test may do to the machine it runs on. */
export default {
  engine: 'kube-proxy',
  releases: kubernetesReleases,
  run: async (_, release) => ({
    'kube-proxy': { seen: [], documented: await kubernetesDocumentation(release, 'kube-proxy') },
  }),
} satisfies Capture;
