/** The fact that the environment queries series of several clusters, which have the label `cluster`. */
export const severalClusters = 'configured:several-clusters';

/** Why content that needs this fact is left out. */
export const withoutSeveralClusters = 'only one cluster is queried';

/** The fact that a Grafana queries a store of logs. */
export const logs = 'configured:logs';

/** Why content about logs is left out. */
export const withoutLogs = 'no store of logs is queried';

/** The fact that the stack has a Loki, whose ruler evaluates rules in LogQL. */
export const logRules = 'configured:log-rules';

/** Why rules in LogQL are left out. */
export const withoutLogRules = 'the stack has no Loki of its own';
