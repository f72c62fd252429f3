import type { Panel as SdkPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Panel, Plain, Row } from './panel.js';

const columns = 24;

/** Places the panels of each row side by side, without gap or overlap, and numbers them. */
export const layOut = (rows: readonly Row[]): Plain<SdkPanel>[] => {
  const placed: Plain<SdkPanel>[] = [];
  let y = 0;
  for (const { title, panels } of rows) {
    placed.push({
      id: placed.length + 1,
      type: 'row',
      title,
      gridPos: { x: 0, y, w: columns, h: 1 },
      panels: [],
      collapsed: false,
    } as Plain<SdkPanel>);
    y += 1;
    for (const line of lines(panels)) {
      let x = 0;
      const height = Math.max(...line.map((panel) => panel.height));
      for (const { body, width } of line) {
        placed.push({ ...body, id: placed.length + 1, gridPos: { x, y, w: width, h: height } });
        x += width;
      }
      y += height;
    }
  }
  return placed;
};

/** Breaks a row into lines of at most 24 columns. */
const lines = (panels: readonly Panel[]): (Panel & { width: number })[][] => {
  const share = Math.max(3, Math.floor(columns / Math.max(1, panels.length)));
  const result: (Panel & { width: number })[][] = [];
  let used = columns;
  for (const panel of panels) {
    const width = panel.width ?? share;
    if (!Number.isInteger(width) || width < 1 || width > columns) {
      throw new Error(
        `Panel '${panel.body.title}' is ${width} columns wide: allowed are 1 to ${columns}.`,
      );
    }
    if (used + width > columns) {
      result.push([]);
      used = 0;
    }
    result.at(-1)!.push({ ...panel, width });
    used += width;
  }
  return result;
};
