import { expand } from '../../src/promql/variables.js';
import type { Request } from './grafana-request.js';

interface Target {
  readonly refId: string;
  readonly expr?: string;
  readonly datasource?: { readonly uid: string };
}

interface Panel {
  readonly title: string;
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly Target[];
  readonly panels?: readonly Panel[];
}

// Grafana replaces these itself.
const builtIn = Object.fromEntries(
  ['__rate_interval', '__interval', '__interval_ms', '__range', '__range_s', '__range_ms'].map(
    (name) => [name, `\${${name}}`],
  ),
);

/**
 * For each panel of a dashboard with queries, the request that the web interface of Grafana sends.
 */
export const panelRequests = (
  json: string,
  values: Readonly<Record<string, string>>,
): { readonly title: string; readonly request: Request }[] => {
  const { panels } = JSON.parse(json) as { panels: readonly Panel[] };
  return panels
    .flatMap((panel) => [panel, ...(panel.panels ?? [])])
    .filter(({ targets = [] }) => targets.length > 0)
    .map(({ title, datasource, targets = [] }) => ({
      title,
      request: {
        path: '/api/ds/query',
        body: {
          from: 'now-1h',
          to: 'now',
          queries: targets.map((target) => ({
            datasource,
            intervalMs: 15_000,
            maxDataPoints: 240,
            ...target,
            ...(target.expr !== undefined && {
              expr: expand(target.expr, { ...values, ...builtIn }).text,
            }),
          })),
        },
      },
    }));
};
