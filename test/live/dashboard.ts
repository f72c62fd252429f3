import type { KubernetesObject } from '../../src/model/manifest.js';

/** A query of a panel, without variables. */
export interface PanelQuery {
  readonly panel: string;
  readonly expression: string;
}

/**
 * The queries of a shipped dashboard: with the value All for every variable, and rates over ten
 * seconds.
 */
export const dashboardQueries = (
  objects: readonly KubernetesObject[],
  uid: string,
): PanelQuery[] => {
  const json = objects.map(({ data }) => data?.[`${uid}.json`]).find(Boolean);
  if (!json) throw new Error(`No dashboard '${uid}' ships.`);
  const { panels } = JSON.parse(json) as {
    panels: { title: string; targets?: { expr: string }[] }[];
  };
  return panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({
      panel: title,
      expression: expr.replaceAll('$__rate_interval', '10s').replace(/"\$\w+"/g, '".*"'),
    })),
  );
};
