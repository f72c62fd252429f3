import { columns, gridHeight } from '../grid.js';
import { classicPanel, type Placed } from './panel.js';
import type { Element, Layout, Section } from './schema.js';

// Rows and tabs become rows of panels, as Grafana's own conversion makes them; a classic dashboard has
// no rows in rows, so that these follow each other.
// https://github.com/grafana/grafana/blob/main/apps/dashboard/pkg/migration/conversion/v2alpha1_to_v1beta1.go

/** A panel of a classic dashboard, or a row with its panels if it is collapsed. */
export interface ClassicPanel extends Placed {
  readonly type?: string;
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly panels?: readonly ClassicPanel[];
}

interface Area {
  readonly panels: readonly ClassicPanel[];
  /** The first free line below. */
  readonly bottom: number;
}

/** The element of a name; undefined if the dashboard has no such element. */
export type FindElement = (name: string) => Element | undefined;

/** The panels of a layout, from a line of the grid. */
export const panelsOfLayout = (layout: Layout, find: FindElement, top = 0): Area => {
  switch (layout.kind) {
    case 'GridLayout':
      return area(
        layout.spec.items.flatMap((item) => gridPanels(item, find, top)),
        top,
      );
    case 'AutoGridLayout':
      return autoGrid(layout.spec, find, top);
    case 'RowsLayout':
      return inOrder(layout.spec.rows, find, top);
    case 'TabsLayout':
      return inOrder(layout.spec.tabs, find, top);
  }
};

const area = (panels: readonly ClassicPanel[], top: number): Area => ({
  panels,
  bottom: Math.max(top, ...panels.map(({ gridPos: { y, h } }) => y + h)),
});

type GridSpec = Extract<Layout, { kind: 'GridLayout' }>['spec'];
type AutoSpec = Extract<Layout, { kind: 'AutoGridLayout' }>['spec'];
type GridItem = Extract<GridSpec['items'][number], { kind: 'GridLayoutItem' }>;
type Repeat = Section['spec']['repeat'];

const gridPanels = (
  item: GridSpec['items'][number],
  find: FindElement,
  top: number,
): ClassicPanel[] => {
  if (item.kind === 'GridLayoutItem') return gridPanel(item, find, top);
  const { y, title, collapsed, elements, repeat } = item.spec;
  const inner = elements.flatMap((one) => gridPanel(one, find, top));
  const head = rowHead(title, top + y, collapsed === true ? inner : undefined, repeat);
  return collapsed ? [head] : [head, ...inner];
};

const gridPanel = ({ spec }: GridItem, find: FindElement, top: number): ClassicPanel[] => {
  const { x, y, width, height, element, repeat } = spec;
  return placed(element.name, find, { x, y: top + y, w: width, h: height }, repeated(repeat));
};

const placed = (
  name: string,
  find: FindElement,
  gridPos: ClassicPanel['gridPos'],
  repeat: Placed,
): ClassicPanel[] => {
  const element = find(name);
  return element ? [{ ...classicPanel(element, repeat), gridPos }] : [];
};

const repeated = (repeat: Repeat, maxPerRow = repeat?.maxPerRow): Placed => ({
  ...(repeat && { repeat: repeat.value, repeatDirection: repeat.direction ?? 'h' }),
  ...(repeat && maxPerRow && { maxPerRow }),
});

const rowHead = (
  title: string | null | undefined,
  y: number,
  folded: readonly ClassicPanel[] | undefined,
  repeat: Repeat,
): ClassicPanel => ({
  type: 'row',
  title: title ?? '',
  collapsed: folded !== undefined,
  ...(repeat && { repeat: repeat.value }),
  gridPos: { x: 0, y, w: columns, h: 1 },
  panels: folded ?? [],
});

// In units of the grid: 168, 320 and 512 pixels.
const heights: Readonly<Record<string, number>> = { short: 5, standard: 9, tall: 14 };
const defaultColumns = 3;

const autoGrid = (spec: AutoSpec, find: FindElement, top: number): Area => {
  const count = Math.min(columns, Math.max(1, spec.maxColumnCount || defaultColumns));
  const w = Math.floor(columns / count);
  const perLine = Math.floor(columns / w);
  const h =
    spec.rowHeightMode === 'custom' && spec.rowHeight
      ? gridHeight(spec.rowHeight)
      : (heights[spec.rowHeightMode ?? ''] ?? heights.standard!);
  return area(
    spec.items.flatMap(({ spec: { element, repeat } }, index) =>
      placed(
        element.name,
        find,
        { x: (index % perLine) * w, y: top + Math.floor(index / perLine) * h, w, h },
        repeated(repeat, count),
      ),
    ),
    top,
  );
};

const inOrder = (sections: readonly Section[], find: FindElement, top: number): Area =>
  sections.reduce<Area>(
    ({ panels, bottom }, section) => {
      const next = sectionPanels(section, find, bottom);
      return { panels: [...panels, ...next.panels], bottom: next.bottom };
    },
    { panels: [], bottom: top },
  );

const sectionPanels = ({ spec }: Section, find: FindElement, top: number): Area => {
  const { title, layout, repeat } = spec;
  if (spec.hideHeader) return panelsOfLayout(layout, find, top);
  const inner = panelsOfLayout(layout, find, top + 1);
  if (!spec.collapse) {
    const head = rowHead(title, top, undefined, repeat);
    return { panels: [head, ...inner.panels], bottom: inner.bottom };
  }
  const folded = inner.panels.flatMap(({ panels = [], ...one }) =>
    one.type === 'row' ? panels : [one],
  );
  return { panels: [rowHead(title, top, folded, repeat)], bottom: top + 1 };
};
