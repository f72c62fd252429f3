import type { Capture } from '../capture.js';
import { kubernetesDocumentation } from '../kubernetes-documentation.js';
import { kubernetesReleases } from '../kubernetes-releases.js';

/** It configures the network of a node, and a test must not do that on the machine that runs it. */
export default {
  engine: 'kube-proxy',
  releases: kubernetesReleases,
  run: async (_, release) => ({
    'kube-proxy': { seen: [], documented: await kubernetesDocumentation(release, 'kube-proxy') },
  }),
} satisfies Capture;
