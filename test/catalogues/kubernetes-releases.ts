import { engineRelease } from '../engines/release.js';

/** The release that the live tests run. */
export const newestKubernetes = (): Promise<string> => engineRelease('kubernetes');

/** The releases that the catalogues of Kubernetes are of. */
export const kubernetesReleases = async (): Promise<string[]> => [
  await engineRelease('kubernetes-oldest'),
  await newestKubernetes(),
];
