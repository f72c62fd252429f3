/** The fact that the environment queries series of several clusters, which have the label `cluster`. */
export const severalClusters = 'configured:several-clusters';

/** Why content that needs this fact is left out. */
export const withoutSeveralClusters = 'only one cluster is queried';
