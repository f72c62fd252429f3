/** All functions for a file in `dashboards/`. */
export type { Variable } from '../model/dashboard.js';
export { type AlertTableOptions, alertTable } from './alert-table.js';
export { type Annotation, rollouts } from './annotation.js';
export { heatmap, stateTimeline, timeSeries } from './chart.js';
export { type Dashboard, type DashboardOptions, dashboard } from './dashboard.js';
export { logs as logsFact } from './fact.js';
export { barGauge, gauge, stat } from './figure.js';
export { cores, count, usedShare } from './house-style.js';
export { type LineSource, linesOf, linesOfService, logLabels } from './log-line.js';
export { logVariable, podsVariable, textVariable } from './log-variable.js';
export { type LogSeriesOptions, type LogsOptions, logSeries, logs } from './logs.js';
export { alertList, dashboardList, text } from './note.js';
export type { Panel, PanelOptions, Row } from './panel.js';
export { type TableOptions, table } from './table.js';
export { cluster, labelVariable } from './variable.js';
