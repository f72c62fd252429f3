import { suggest } from '../../../model/suggestion.js';

// https://github.com/grafana/grafana/tree/main/public/app/plugins/panel
const types = [
  ...['alertGroups', 'alertlist', 'annolist', 'barchart', 'bargauge', 'candlestick', 'canvas'],
  ...[
    'dashlist',
    'datagrid',
    'debug',
    'flamegraph',
    'gauge',
    'geomap',
    'gettingstarted',
    'heatmap',
  ],
  ...['histogram', 'live', 'logs', 'logstable', 'news', 'nodeGraph', 'piechart', 'row', 'stat'],
  ...['state-timeline', 'status-history', 'table', 'text', 'timeseries', 'traces', 'trend'],
  ...['welcome', 'xychart'],
];

// Grafana shows these as its own panels.
// https://github.com/grafana/grafana/blob/main/public/app/features/dashboard/state/getPanelPluginToMigrateTo.ts
const former = [
  ...['graph', 'table-old', 'text2', 'singlestat', 'heatmap-new', 'grafana-singlestat-panel'],
  ...['grafana-piechart-panel', 'grafana-worldmap-panel', 'natel-discrete-panel'],
];

/** The type that is meant by one that Grafana does not have; `undefined` in it if nothing is similar. */
export const unknownType = (
  type: string,
  plugins: readonly string[],
): { readonly suggestion?: string } | undefined => {
  if (types.includes(type) || former.includes(type)) return undefined;
  const suggestion = suggest(type, [...types, ...plugins]);
  return suggestion === undefined ? {} : { suggestion };
};
