import type { Content } from '../../content/content.js';
import { sourceOf } from '../../content/source.js';
import type { DeclaredApplication } from './application.js';
import { applicationDashboard, dashboardUid } from './dashboard.js';

/** Adds the dashboards of applications to the content of an environment. */
export const withApplicationContent = (
  content: Content,
  applications: readonly DeclaredApplication[],
): Content => {
  if (applications.length === 0) return content;
  const dashboards = applications.map((one) => [
    dashboardUid(one),
    applicationDashboard(one, Object.keys(content.dashboards)),
  ]);
  const sources = applications.map(({ declaredAt: { file = '' }, ...one }) => [
    `dashboards/${dashboardUid(one)}`,
    sourceOf(file, false),
  ]);
  return {
    ...content,
    dashboards: { ...content.dashboards, ...Object.fromEntries(dashboards) },
    sources: { ...content.sources, ...Object.fromEntries(sources) },
  };
};
