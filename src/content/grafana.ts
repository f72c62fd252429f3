/** All that a file in `dashboards/` is written with. */
export { heatmap, stateTimeline, timeSeries } from './chart.js';
export { type Dashboard, type DashboardOptions, dashboard } from './dashboard.js';
export { barGauge, gauge, stat } from './figure.js';
export { usedShare } from './house-style.js';
export { alertList, dashboardList, text } from './note.js';
export type { Panel, PanelOptions, Row } from './panel.js';
export { type TableOptions, table } from './table.js';
export { cluster, labelVariable, type Variable } from './variable.js';
