import { expect, test } from 'vitest';
import layout from '../../src/checks/dashboards/dashboard-layout.js';
import links from '../../src/checks/dashboards/dashboard-links.js';
import names from '../../src/checks/dashboards/dashboard-names.js';
import quantiles from '../../src/checks/dashboards/dashboard-quantiles.js';
import dashboardQueries from '../../src/checks/dashboards/dashboard-queries.js';
import sources from '../../src/checks/dashboards/dashboard-sources.js';
import style from '../../src/checks/dashboards/dashboard-style.js';
import variables from '../../src/checks/dashboards/dashboard-variables.js';
import panels from '../../src/checks/dashboards/panels.js';
import { toJson } from '../../src/model/json.js';
import { board, panel } from '../checks/dashboard.js';
import { changed, type Mutable } from '../checks/input.js';
import { mutated, pathsOf } from '../checks/shape.js';
import { build, minimal, oneDashboard } from '../environment.js';

const checks = {
  layout,
  links,
  names,
  quantiles,
  dashboardQueries,
  sources,
  style,
  variables,
  panels,
};
const stack = build(minimal, oneDashboard);
const link = {
  title: 'Node',
  url: '/d/example?var-node=${__field.labels.node}',
  includeVars: true,
};
const whole: Mutable = board(
  [
    panel({
      links: [link],
      repeat: 'node',
      transformations: [{ id: 'organize', options: { renameByName: { node: 'Node' } } }],
      fieldConfig: {
        defaults: { unit: 's', thresholds: { steps: [{ value: 1 }] }, links: [link] },
        overrides: [{ matcher: { id: 'byName' }, properties: [{ id: 'links', value: [link] }] }],
      },
    }),
    { type: 'row', title: 'More', panels: [panel({ type: 'timeseries' })] },
  ],
  {
    uid: 'example',
    tags: ['crowsnest'],
    links: [link],
    annotations: { list: [{ name: 'Restarts', expr: 'up' }] },
    templating: {
      list: [{ type: 'query', name: 'node', query: { query: 'label_values(up, node)' } }],
    },
  },
);

test.each([[null], [7], ['text'], [[null]], [{ odd: null }], [undefined]])(
  'no check throws if any value of a dashboard is %j',
  (value) => {
    const thrown = pathsOf(whole)
      .slice(1)
      .flatMap((path) => {
        const input = changed(
          stack,
          'ConfigMap crowsnest/crowsnest-grafana-dashboards-shop-1',
          (map) => {
            map.data = { 'example.json': toJson(mutated(whole, path, value)) };
          },
        );
        return Object.entries(checks).flatMap(([name, check]) => {
          try {
            check.run(input);
            return [];
          } catch (error) {
            return [`${name}: ${path.join('.')}: ${error}`];
          }
        });
      });
    expect(thrown).toEqual([]);
  },
);
