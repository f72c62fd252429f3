import { parse } from 'yaml';
import { dashboard, stat, table, timeSeries } from '../../src/content/grafana.js';
import type { PanelOptions } from '../../src/content/panel.js';
import { board, panel } from '../checks/dashboard.js';
import production from '../sample/environments/production.js';
import { type Edit, put } from './edit.js';
import { evaluate } from './evaluate.js';
import { at, merge, type Tree } from './merge.js';
import { type Given, manifests, type Setting, type Settings, shop, stackOf } from './setting.js';

/** Ships a dashboard in a file with a name. */
const ship = (name: string, json: Tree): Edit =>
  put('ConfigMap crowsnest/crowsnest-grafana-dashboards-sample-0', '', {
    data: { [`${name}.json`]: JSON.stringify({ uid: name, ...json }) },
  });

const wide = { gridPos: { x: 0, y: 0, w: 24, h: 8 } };
const plain = {
  ...wide,
  fieldConfig: { defaults: { unit: 'short', noValue: 'none' }, overrides: [] },
};

/** The example is a part of a panel, at a dotted path. */
const inPanel = (path = '', more: Tree = {}, given?: Given): Setting =>
  manifests((example) => {
    const whole = at(panel(merge(plain, more)), path === '' ? [] : path.split('.'), (part) =>
      merge(part ?? {}, evaluate(example), 'replace'),
    );
    return ship('shop', board([whole]));
  }, given);

/** The example is a list of parts of panels; each panel is repeated. */
const inPanels = ({ times = 1, ...given }: Given & { readonly times?: number } = {}): Setting =>
  manifests((example) => {
    const parts: Tree[] = evaluate(`[${example}\n]`);
    const all = Array.from({ length: times }, () => parts).flat();
    const w = 24 / all.length;
    const places = all.map((_, index) => ({ id: index, gridPos: { x: index * w, y: 0, w, h: 8 } }));
    return ship(
      'shop',
      board(all.map((part, index) => panel(merge(merge(plain, places[index]), part)))),
    );
  }, given);

/** The example is a query of a panel. */
const inQuery = (more: Tree = {}, given: Given = { stack: shop }): Setting =>
  manifests(
    (example) =>
      ship(
        'shop',
        board([
          panel(
            merge(plain, {
              ...more,
              targets: [{ refId: 'A', expr: example, legendFormat: '{{pod}}' }],
            }),
          ),
        ]),
      ),
    given,
  );

/** The example is a part of a dashboard. */
const inDashboard = (given?: Given, rest: Tree = {}): Setting =>
  manifests(
    (example) => ship('shop', merge(board([panel(plain)], rest), evaluate(example))),
    given,
  );

/** The example is a part of two dashboards. */
const inTwo = (also?: readonly string[]): Setting =>
  manifests(
    (example) => (all) =>
      ['shop', 'cart'].reduce((one, name) => {
        const part = evaluate(example, { dashboard: (options: Tree) => options });
        return ship(name, merge(board([panel(plain)], { title: name, uid: name }), part))(one);
      }, all),
    { also },
  );

const frame: PanelOptions = {
  title: 'Orders',
  description: 'What there is. Bad: none.',
  unit: 'short',
  queries: 'sum(up)',
};

/** The builders, with defaults for required options that an example leaves out. */
const short = {
  stat: (options: Tree) => stat({ ...frame, ...options }),
  timeSeries: (options: Tree) => timeSeries({ ...frame, ...options }),
  table: (options: Tree) => table({ ...frame, ...options }),
};

/** The example is a panel, as TypeScript. */
const built = (given?: Given): Setting =>
  manifests((example) => {
    const value = evaluate(example, short);
    const { render } = dashboard({
      ...frame,
      folder: 'Sample',
      variables: value.variables,
      rows: [{ title: 'Orders', panels: [value.variables ? stat(frame) : value] }],
    });
    return ship('shop', render({ uid: 'shop', jobs: new Set(), titles: new Map() }));
  }, given);

/** The example is a link of a dashboard to another, with their variables. */
const inLink = (target?: { readonly uid: string; readonly variables: Tree[] }, own: Tree[] = []) =>
  manifests(
    (example) =>
      ship(
        'shop',
        board([panel(plain)], { links: [evaluate(example)], templating: { list: own } }),
      ),
    { given: target ? [linked(target.uid, target.variables)] : [] },
  );

const linked = (uid: string, list: Tree[] = []): Edit =>
  ship(uid, board([panel(plain)], { title: uid, templating: { list } }));

const variable = (name: string, query: string, several = true) => ({
  name,
  type: 'query',
  query: { query },
  multi: several,
  includeAll: several,
});
const nodes = 'label_values(kube_node_info, node)';
const node = variable('node', nodes, false);
const pod = variable('pod', 'label_values(kube_pod_info, pod)', false);

/** The example has a query and a unit. */
const ofUnit: Setting = manifests((example) => {
  const { expr, unit } = parse(example);
  const targets = [{ refId: 'A', expr, legendFormat: 'x' }];
  return ship(
    'shop',
    board([panel(merge(plain, { targets, fieldConfig: { defaults: { unit } } }))]),
  );
});

export const dashboardUnits: Settings = {
  'other-quantity': ofUnit,
  'other-scale': ofUnit,
  'other-rate': ofUnit,
};

export const dashboardLabels: Settings = {
  'lost-in-legend': manifests((example) => {
    const targets = [{ refId: 'A', ...parse(example) }];
    return ship('shop', board([panel(merge(plain, { targets, type: 'timeseries' }))]));
  }),
  'lost-column': manifests((example) => {
    const { expr, renameByName } = parse(example);
    const targets = [{ refId: 'A', expr, format: 'table', instant: true }];
    const transformations = [{ id: 'organize', options: { renameByName } }];
    return ship('shop', board([panel(merge(plain, { targets, transformations, type: 'table' }))]));
  }),
};

export const dashboardLayout: Settings = {
  'outside-grid': inPanels({ also: ['gap'] }),
  overlap: inPanels({ times: 2 }),
  gap: inPanels(),
  'panel-id': inPanels(),
};

export const dashboardLinks: Settings = {
  'unknown-dashboard': inLink(),
  'unknown-variable': inLink(),
  'wrong-variable': inLink({ uid: 'pods', variables: [node] }, [variable('node', nodes)]),
  'unset-variable': inLink({ uid: 'node', variables: [node] }),
  'unknown-column': manifests(
    (example) =>
      ship(
        'shop',
        board([
          panel(
            merge(plain, {
              type: 'table',
              targets: [{ refId: 'A', expr: 'sum by (node) (up)', format: 'table', instant: true }],
              transformations: [
                { id: 'organize', options: { renameByName: { node: 'Node', Value: 'Up' } } },
              ],
              fieldConfig: { defaults: { links: [{ title: 'Node', url: example }] } },
            }),
          ),
        ]),
      ),
    { given: [linked('node', [node])] },
  ),
  'unknown-label': manifests(
    (example) => {
      const { expr, link } = parse(example);
      const links = [{ title: 'Pod', url: link }];
      const targets = [{ refId: 'A', expr }];
      return ship(
        'shop',
        board([panel(merge(plain, { targets, fieldConfig: { defaults: { links } } }))]),
      );
    },
    { given: [linked('pod', [pod])] },
  ),
};

export const dashboardNames: Settings = {
  'other-uid': inDashboard(),
  'duplicate-uid': inTwo(['other-uid']),
  'duplicate-title': inTwo(),
};

export const dashboardQuantiles: Settings = {
  'first-bucket': inQuery({}, {}),
  'last-bucket': inQuery({}, {}),
};

export const dashboardQueries: Settings = {
  'many-series': built(),
  'no-legend': inPanel(),
  'same-names': built(),
  'constant-column': built(),
  'ratio-without-traffic': inQuery(),
  'quantile-without-traffic': inQuery(),
};

export const dashboardSources: Settings = {
  'unknown-source': inPanel(),
  'wrong-source-type': inPanel(),
};

export const dashboardStyle: Settings = {
  'grey-lanes': inPanel('', { fieldConfig: { defaults: { mappings: [{ type: 'value' }] } } }),
  'no-empty-text': inPanel('', { fieldConfig: { defaults: { noValue: undefined } } }),
  'unsorted-legend': inPanel('options', { type: 'timeseries' }),
  'narrow-legend': inPanel('', { type: 'timeseries' }, { also: ['unsorted-legend'] }),
  'duplicate-tag': inDashboard(),
  'open-axis': inPanel('fieldConfig.defaults', { type: 'timeseries' }),
  'threshold-at-zero': inPanel('fieldConfig.defaults', { type: 'timeseries' }),
  'fractional-ticks': inPanel('fieldConfig.defaults', { type: 'timeseries' }),
  'prefixed-unit': inPanel('fieldConfig.defaults'),
  'no-cpu-unit': inPanel('fieldConfig.defaults', {
    targets: [{ expr: 'rate(node_cpu_seconds_total[5m])' }],
  }),
  'fractional-count': inQuery({ fieldConfig: { defaults: { unit: 'short', noValue: 'none' } } }),
  'wide-table': inPanel('', {
    transformations: [
      {
        id: 'organize',
        options: { renameByName: Object.fromEntries([...'abcdefgh'].map((one) => [one, one])) },
      },
    ],
  }),
};

export const dashboardVariables: Settings = {
  'matches-unlabelled': manifests((example) => {
    const list = [merge(variable('pod', 'label_values(up, pod)'), evaluate(example))];
    const targets = [{ refId: 'A', expr: 'sum(up{pod=~"$pod"})' }];
    return ship('shop', board([panel({ ...plain, targets })], { templating: { list } }));
  }),
  'unused-variable': built(),
  'unknown-variable': inPanel(),
  'invalid-regex': manifests((example) => {
    const list = [merge(variable('pod', 'label_values(up, pod)'), evaluate(example))];
    const targets = [{ refId: 'A', expr: 'sum(up{pod=~"$pod"})' }];
    return ship('shop', board([panel({ ...plain, targets })], { templating: { list } }));
  }),
};

export const panels: Settings = {
  'no-title': built(),
  'no-description': built(),
  'no-unit': inPanel(),
  'unknown-unit': inPanel('fieldConfig.defaults'),
  'unknown-type': inPanel(),
  'unknown-option': inPanel(),
  'query-name': inPanel(),
  'empty-query': inPanel(),
};

/** The example is a query to Loki. */
const inLines = (type: string, given?: Given): Setting =>
  manifests((example) => {
    const datasource = { type: 'loki', uid: 'loki' };
    const targets = [{ refId: 'A', expr: example }];
    return ship('shop', board([panel(merge(plain, { type, datasource, targets }))]));
  }, given);

const withLoki = stackOf({
  ...production,
  loki: { enabled: true },
  logAgent: { enabled: true },
});

export const logql: Settings = {
  'invalid-query': inLines('logs'),
  'wrong-result': inLines('timeseries'),
  'unknown-label': inLines('logs', { stack: withLoki }),
};
