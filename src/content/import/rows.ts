import type { Export, ExportedPanel, ExportedRow } from './export.js';
import { columns, gridHeight } from './grid.js';

// A row of panels had 12 columns.
const factor = columns / 12;
const defaultSpan = 4;
const defaultHeight = 250;
const minimumHeight = 90;

/** The panels of a dashboard: also those in rows, as Grafana wrote them before version 5. */
export const panelsOf = ({ rows, panels }: Pick<Export, 'rows' | 'panels'>): ExportedPanel[] => {
  const shown = rows.some(({ collapse, showTitle, repeat }) => collapse || showTitle || repeat);
  let top = 0;
  const placed = rows.flatMap((row): ExportedPanel[] => {
    const start = shown ? top + 1 : top;
    const { panels: own, bottom } = layOut(row, start);
    if (!shown) {
      top = bottom;
      return own;
    }
    const head = {
      type: 'row',
      title: row.title ?? '',
      collapsed: row.collapse === true,
      ...(row.repeat ? { repeat: row.repeat } : {}),
      gridPos: { x: 0, y: top, w: columns, h: 1 },
    };
    top = row.collapse ? start : bottom;
    return row.collapse ? [{ ...head, panels: own }] : [{ ...head, panels: [] }, ...own];
  });
  return [...placed, ...panels];
};

/** The panels of a row from left to right, on a new line where the grid is full. */
const layOut = (row: ExportedRow, top: number) => {
  const rowHeight = heightOf(row.height);
  let [x, y, bottom] = [0, top, top];
  const panels = row.panels.map(({ span, height, ...panel }): ExportedPanel => {
    const w = Math.min(columns, Math.max(1, Math.floor(span ?? defaultSpan) * factor));
    const h = height == null ? rowHeight : heightOf(height);
    if (x + w > columns) [x, y] = [0, bottom];
    const gridPos = { x, y, w, h };
    x += w;
    bottom = Math.max(bottom, y + h);
    return { ...panel, panels: [], gridPos };
  });
  return { panels, bottom };
};

/** A height in pixels, such as `250px`, in units of the grid. */
const heightOf = (height: ExportedRow['height']): number => {
  const pixels = Number.parseInt(`${height || defaultHeight}`, 10) || defaultHeight;
  return gridHeight(Math.max(minimumHeight, pixels));
};
