import type { Panel as SdkPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Panel, PanelBody, Row } from './panel.js';
import type { Plain } from './plain.js';

const columns = 24;

/** A panel of which the body is finished. */
type Finished = Pick<Panel, 'width' | 'height'> & { readonly body: PanelBody };

/** Places the panels of each row side by side, without gap or overlap, and numbers them. */
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
    // What is folded away takes no room.
    if (collapsed) y = top;
  }
  return placed;
};

/** Breaks a row into lines of 24 columns, which panels that ask for no width share. */
const lines = (panels: readonly Finished[]): (Finished & { width: number })[][] => {
  const result: Finished[][] = [];
  let used = columns;
  for (const panel of panels) {
    const least = panel.width ?? leastWidth(panel);
    if (!Number.isInteger(least) || least < 1 || least > columns) {
      throw new Error(
        `Panel '${panel.body.title}' is ${least} columns wide: allowed are 1 to ${columns}.`,
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

// A figure can be read where a chart cannot.
const leastWidth = ({ height }: Finished): number => (height <= 4 ? 3 : 6);

/** What no panel of a line asks for, in equal shares; what remains goes to the first. */
const shared = (line: readonly Finished[]): (Finished & { width: number })[] => {
  const open = line.filter(({ width }) => width === undefined);
  const free = columns - line.reduce((sum, { width = 0 }) => sum + width, 0);
  const share = Math.floor(free / open.length);
  const rest = free - share * open.length;
  return line.map((panel) => ({
    ...panel,
    width: panel.width ?? share + (open.indexOf(panel) < rest ? 1 : 0),
  }));
};
