import type { Content } from '../../content/content.js';
import { sourceOf } from '../../content/source.js';
import type { Finding } from '../../model/finding.js';
import { applicationFinding } from '../faults.js';
import type { Merged } from '../merge.js';
import type { DeclaredApplication } from './application.js';
import { applicationDashboard } from './dashboard.js';
import { dashboardUid } from './dashboard-uid.js';
import { loadDashboard } from './load-dashboard.js';
import { loadDashboardUid } from './load-dashboard-uid.js';
import { type Measurement, objectiveGroupName, testedObjectives } from './objectives.js';

/** Content of the project that has the name of what an application generates, which would replace it. */
export const takenNames = (
  content: Content,
  { declared, environment }: Pick<Merged<{ readonly name: string }>, 'declared' | 'environment'>,
): Finding[] =>
  declared.flatMap((one) =>
    [...dashboardsOf(one), `alerts/${objectiveGroupName(one)}`].flatMap((name) => {
      const { file } = content.sources[name] ?? {};
      return file === undefined
        ? []
        : applicationFinding({
            fault: 'taken-name',
            place: { environment: environment.name, file },
            message: `The application ${one.name} generates ${name}.`,
            value: name.replace(/.*\//, ''),
          });
    }),
  );

/** The names of the dashboards of an application among the content of a project. */
const dashboardsOf = (one: Pick<DeclaredApplication, 'name' | 'loadTest'>): string[] =>
  [dashboardUid(one), ...(one.loadTest ? [loadDashboardUid(one)] : [])].map(
    (uid) => `dashboards/${uid}`,
  );

/** Adds the dashboards and the objectives of applications to the content of an environment. */
export const withApplicationContent = (
  content: Content,
  applications: readonly DeclaredApplication[],
  measurement: Measurement,
): Content => {
  if (applications.length === 0) return content;
  const dashboards = applications.flatMap((one) => [
    [dashboardUid(one), applicationDashboard(one, content)] as const,
    ...(one.loadTest ? [[loadDashboardUid(one), loadDashboard(one)] as const] : []),
  ]);
  const alerts = applications.flatMap((one) => {
    const tested = testedObjectives(one, measurement);
    return tested ? [[tested.name, tested.group] as const] : [];
  });
  const sources = applications.flatMap(({ declaredAt: { file = '' }, ...one }) => {
    const source = sourceOf(file, false);
    return [
      ...dashboardsOf(one).map((name) => [name, source] as const),
      [`alerts/${objectiveGroupName(one)}`, source],
    ];
  });
  return {
    ...content,
    dashboards: { ...content.dashboards, ...Object.fromEntries(dashboards) },
    alerts: { ...content.alerts, ...Object.fromEntries(alerts) },
    sources: { ...content.sources, ...Object.fromEntries(sources) },
  };
};
