import type { Panel as SdkPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Plain } from '../model/plain.js';
import type { Panel, PanelBody, Row } from './panel.js';

const columns = 24;

/** A panel with a finished body. */
type Finished = Pick<Panel, 'width' | 'height'> & { readonly body: PanelBody };

/** Places the panels of each row side by side without gaps, and sets their ids. */
export const layOut = (
  rows: readonly (Pick<Row, 'title' | 'collapsed'> & { readonly panels: readonly Finished[] })[],
): Plain<SdkPanel>[] => {
  const placed: Plain<SdkPanel>[] = [];
  let id = 0;
  let y = 0;
  for (const { title, panels, collapsed = false } of rows) {
    id += 1;
    const heading = {
      id,
      type: 'row',
      title,
      gridPos: { x: 0, y, w: columns, h: 1 },
      panels: [] as Plain<SdkPanel>[],
      collapsed,
    };
    placed.push(heading as Plain<SdkPanel>);
    y += 1;
    const into = collapsed ? heading.panels : placed;
    const top = y;
    for (const line of lines(panels)) {
      let x = 0;
      const height = Math.max(...line.map((panel) => panel.height));
      for (const { body, width } of line) {
        id += 1;
        into.push({ ...body, id, gridPos: { x, y, w: width, h: height } });
        x += width;
      }
      y += height;
    }
    // A collapsed row has no height.
    if (collapsed) y = top;
  }
  return placed;
};

/** Breaks a row into lines of 24 columns; panels without a width share the remaining columns. */
const lines = (panels: readonly Finished[]): (Finished & { width: number })[][] => {
  const result: Finished[][] = [];
  let used = columns;
  for (const panel of panels) {
    const least = panel.width ?? leastWidth(panel);
    if (!Number.isInteger(least) || least < 1 || least > columns) {
      throw new Error(
        `Panel '${panel.body.title}' is ${least} columns wide: allowed is a width of 1 to ${columns}.`,
      );
    }
    if (used + least > columns) {
      result.push([]);
      used = 0;
    }
    result.at(-1)!.push(panel);
    used += least;
  }
  return result.map(shared);
};

// A single value needs less width than a chart.
const leastWidth = ({ height }: Finished): number => (height <= 4 ? 3 : 6);

/**
 * Divides the columns of a line that no panel sets equally; the first gets the remainder. If all panels
 * set a width, for example after one was left out, all get wider: the line has no gap.
 */
const shared = (line: readonly Finished[]): (Finished & { width: number })[] => {
  const open = line.filter(({ width }) => width === undefined);
  const takers = open.length > 0 ? open : line;
  const free = columns - line.reduce((sum, { width = 0 }) => sum + width, 0);
  const share = Math.floor(free / takers.length);
  const rest = free - share * takers.length;
  return line.map((panel) => {
    const index = takers.indexOf(panel);
    const more = index < 0 ? 0 : share + (index < rest ? 1 : 0);
    return { ...panel, width: (panel.width ?? 0) + more };
  });
};
