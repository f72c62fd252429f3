/** Correct alarms in the cluster of the live test, with their reasons. */
interface Reason {
  /** The text after “because”. */
  readonly reason: string;
  /** Matches the alarms that it explains, each with the title of its panel. */
  readonly of: RegExp;
  /** Whether it may match no alarm, because its condition is not always true. @default false */
  readonly sometimes?: true;
}

/**
 * The reasons why panels look alarming in the live test although everything works: each alarm needs
 * one.
 */
export const reasonsForAlarms: readonly Reason[] = [
  { reason: 'no image of Grafana is available here', of: /grafana/ },
  {
    // If something else is also down, another panel has a line for it, without a reason.
    reason: 'Grafana is counted among targets, pages and pods',
    of: /^(overview: (Targets down|Failed probes)|probes: (Successful|Failed) probes|stack-health: Targets up|namespace: (Pending pods|Running pods not ready)):/,
  },
  {
    reason: 'the disk of the test machine is more than 80 % full',
    of: /^(nodes?( of \w+)?|persistent-volumes|overview): (Disk in use|Filesystems|Nodes: \w+: Fullest filesystem|Fullest volume|Claims|Free volume space)/,
    sometimes: true,
  },
  {
    reason: 'the test machine is busy',
    of: /^(overview|nodes?( of \w+)?|cluster-compute): (CPU (usage|in use|of containers)|Nodes: \w+: (CPU|Load per CPU)|Load per CPU):/,
    sometimes: true,
  },
];
