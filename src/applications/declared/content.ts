import type { Content } from '../../content/content.js';
import { sourceOf } from '../../content/source.js';
import type { DeclaredApplication } from './application.js';
import { applicationDashboard, dashboardUid } from './dashboard.js';
import { type Measurement, objectiveGroupName, testedObjectives } from './objectives.js';

/** Adds the dashboards and the objectives of applications to the content of an environment. */
export const withApplicationContent = (
  content: Content,
  applications: readonly DeclaredApplication[],
  measurement: Measurement,
): Content => {
  if (applications.length === 0) return content;
  const dashboards = applications.map((one) => [
    dashboardUid(one),
    applicationDashboard(one, content),
  ]);
  const alerts = applications.flatMap((one) => {
    const tested = testedObjectives(one, measurement);
    return tested ? [[tested.name, tested.group] as const] : [];
  });
  const sources = applications.flatMap(({ declaredAt: { file = '' }, ...one }) => {
    const source = sourceOf(file, false);
    return [
      [`dashboards/${dashboardUid(one)}`, source],
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
