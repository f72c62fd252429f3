import type { RenderedContent } from '../model/wiring.js';
import type { Dashboard } from './dashboard.js';

/** The dashboards of which an environment has all that they need, in the form that Grafana reads. */
export const renderDashboards = (
  dashboards: Readonly<Record<string, Dashboard>>,
  jobs: readonly string[],
): RenderedContent['dashboards'] => {
  const scraped = new Set(jobs);
  const all = Object.entries(dashboards).map(([uid, dashboard]) => ({
    uid,
    dashboard,
    ships: dashboard.needs.every((job) => scraped.has(job)),
  }));
  const titles = new Map(
    all.map(({ uid, dashboard: { title, variables }, ships }) => [
      uid,
      { title, variables, ships },
    ]),
  );
  return Object.fromEntries(
    all
      .filter(({ ships }) => ships)
      .map(({ uid, dashboard: { folder, render } }) => [
        uid,
        {
          folder,
          json: `${JSON.stringify(render({ uid, jobs: scraped, titles }), null, 1)}\n`,
        },
      ]),
  );
};
