import logql, { invalidIn as invalidLogql } from './checks/queries/logql.js';
import promql, { invalidIn } from './checks/queries/promql.js';
import { leftOutLokiQueries } from './checks/support/query/loki-query.js';
import { leftOutQueries, type Query } from './checks/support/query/query.js';
import type { Content } from './content/content.js';
import { ruleGroup } from './content/rule-group.js';
import { describeFault, findingOf } from './model/fault.js';
import type { Finding } from './model/finding.js';
import type { SynthesizedStack } from './output/synthesized-stack.js';

/** The parts of a stack that state what it lacks. */
type Stack = Pick<SynthesizedStack, 'omissions'> & {
  readonly environment: Pick<SynthesizedStack['environment'], 'alerts'>;
};

/**
 * Expressions that Prometheus or Loki rejects, in content that no environment has: it will be loaded when its metrics
 * are scraped. In dashboards of others they are warnings. Imported rules with such a fault are never left out.
 */
export const leftOutFaults = (content: Content, stacks: readonly Stack[]): Finding[] => {
  const files = [...dashboardsOf(content, stacks), ...rulesOf(content, stacks)];
  const { sources } = content;
  return [
    ...leftOutQueries(files, sources).flatMap((query) =>
      invalidIn(query).map((fault) =>
        findingOf('promql', describeFault({ ...fault, ...severityIn(query) }, promql.faults)),
      ),
    ),
    ...leftOutLokiQueries(files, sources).flatMap((query) =>
      invalidLogql(query).map((fault) =>
        findingOf('logql', describeFault({ ...fault, ...severityIn(query) }, logql.faults)),
      ),
    ),
  ];
};

const severityIn = ({ imported }: Pick<Query, 'imported'>) =>
  imported && {
    severity: 'warning' as const,
    why: 'No environment has this dashboard. As soon as one has its data, this is an error.',
  };

const isLeftOut = (stacks: readonly Stack[], kind: string, name: string): boolean =>
  stacks.length > 0 &&
  stacks.every(
    ({ omissions, environment }) =>
      omissions.some((one) => one.kind === kind && one.name === name) &&
      // A disabled alert may be one that does not work.
      !environment.alerts.some((one) => one.kind === 'without' && one.alert === name),
  );

const dashboardsOf = ({ dashboards }: Content, stacks: readonly Stack[]) =>
  Object.entries(dashboards)
    .filter(([uid]) => isLeftOut(stacks, 'dashboard', uid))
    .map(([name, { render, needs }]) => ({
      kind: 'dashboards' as const,
      name,
      value: render({ uid: name, jobs: new Set(needs), titles: new Map() }),
    }));

const rulesOf = ({ alerts }: Content, stacks: readonly Stack[]) =>
  Object.entries(alerts).flatMap(([name, group]) => {
    const rules = group.rules(group.thresholds);
    const left = rules.alerts.filter(({ alert }) => isLeftOut(stacks, 'alert', alert));
    if (left.length === 0) return [];
    const isWhole = left.length === rules.alerts.length;
    const recordings = isWhole ? rules.recordings : [];
    const value = { groups: [ruleGroup(name, { recordings, alerts: left })] };
    return [{ kind: 'alerts' as const, name, value }];
  });
