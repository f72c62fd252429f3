// Grafana's grid has 24 columns. A unit of height is 30 pixels, and 8 between panels.
// https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/

export const columns = 24;

const unit = 30 + 8;

/** A height in pixels, in units of the grid. */
export const gridHeight = (pixels: number): number => Math.ceil(pixels / unit);
