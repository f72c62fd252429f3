import { engineRelease } from './engine-release.js';

/** The last release of the oldest minor that is supported, as its module is published. */
const oldest = '1.35.4';

/** The release that the live tests run. */
export const newestKubernetes = (): Promise<string> => engineRelease('kubernetes');

/** The releases that the catalogues of Kubernetes are of. */
export const kubernetesReleases = async (): Promise<string[]> => [oldest, await newestKubernetes()];
