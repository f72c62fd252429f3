import { z } from 'zod';
import { list } from '../export.js';

// The second version of Grafana's dashboards, as its resources have it: a map of elements, and a layout
// that places them. v2alpha1 has the type of a query or panel in `kind`, and v2beta1 and v2 in `group`.
// https://github.com/grafana/grafana/tree/main/apps/dashboard/kinds

const repeat = z
  .looseObject({
    value: z.string(),
    direction: z.string().nullish(),
    maxPerRow: z.number().nullish(),
  })
  .nullish();

const reference = z.looseObject({ name: z.string().min(1) });

const gridItem = z.looseObject({
  kind: z.literal('GridLayoutItem'),
  spec: z.looseObject({
    x: z.number(),
    y: z.number(),
    width: z.number(),
    height: z.number(),
    element: reference,
    repeat,
  }),
});

const gridRow = z.looseObject({
  kind: z.literal('GridLayoutRow'),
  spec: z.looseObject({
    y: z.number(),
    title: z.string().nullish(),
    collapsed: z.boolean().nullish(),
    elements: list(gridItem),
    repeat,
  }),
});

const autoItem = z.looseObject({ spec: z.looseObject({ element: reference, repeat }) });

/** A part of a layout that has a title and a layout of its own. */
export interface Section {
  readonly spec: {
    readonly title?: string | null;
    readonly collapse?: boolean | null;
    readonly hideHeader?: boolean | null;
    readonly repeat?: z.output<typeof repeat>;
    readonly layout: Layout;
  };
}

const section: z.ZodType<Section> = z.looseObject({
  spec: z.looseObject({
    title: z.string().nullish(),
    collapse: z.boolean().nullish(),
    hideHeader: z.boolean().nullish(),
    repeat,
    layout: z.lazy(() => layout),
  }),
});

/** How the elements of a dashboard are placed. */
export type Layout =
  | {
      readonly kind: 'GridLayout';
      readonly spec: { readonly items: (z.output<typeof gridItem> | z.output<typeof gridRow>)[] };
    }
  | {
      readonly kind: 'AutoGridLayout';
      readonly spec: {
        readonly maxColumnCount?: number | null;
        readonly rowHeightMode?: string | null;
        readonly rowHeight?: number | null;
        readonly items: z.output<typeof autoItem>[];
      };
    }
  | { readonly kind: 'RowsLayout'; readonly spec: { readonly rows: Section[] } }
  | { readonly kind: 'TabsLayout'; readonly spec: { readonly tabs: Section[] } };

const layout: z.ZodType<Layout> = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('GridLayout'),
    spec: z.looseObject({ items: list(z.discriminatedUnion('kind', [gridItem, gridRow])) }),
  }),
  z.looseObject({
    kind: z.literal('AutoGridLayout'),
    spec: z.looseObject({
      maxColumnCount: z.number().nullish(),
      rowHeightMode: z.string().nullish(),
      rowHeight: z.number().nullish(),
      items: list(autoItem),
    }),
  }),
  z.looseObject({
    kind: z.literal('RowsLayout'),
    spec: z.looseObject({ rows: list(section) }),
  }),
  z.looseObject({
    kind: z.literal('TabsLayout'),
    spec: z.looseObject({ tabs: list(section) }),
  }),
]);

const fields = z.record(z.string(), z.unknown());

/** A query of any data source. */
const dataQuery = z.looseObject({
  kind: z.string(),
  group: z.string().nullish(),
  datasource: z.looseObject({ name: z.string().nullish() }).nullish(),
  spec: fields.nullish(),
});

export type DataQuery = z.output<typeof dataQuery>;

const sourceReference = z
  .looseObject({ type: z.string().nullish(), uid: z.string().nullish() })
  .nullish();

const panel = z.looseObject({
  kind: z.literal('Panel'),
  spec: z.looseObject({
    id: z.int().nullish(),
    title: z.string().nullish(),
    data: z
      .looseObject({
        spec: z.looseObject({
          queries: list(
            z.looseObject({
              spec: z.looseObject({
                query: dataQuery,
                datasource: sourceReference,
                refId: z.string().nullish(),
                hidden: z.boolean().nullish(),
              }),
            }),
          ),
          transformations: list(z.looseObject({ spec: fields })),
          queryOptions: fields.nullish(),
        }),
      })
      .nullish(),
    vizConfig: z.looseObject({
      kind: z.string(),
      group: z.string().nullish(),
      version: z.string().nullish(),
      spec: z.looseObject({ pluginVersion: z.string().nullish() }),
    }),
  }),
});

export type PanelElement = z.output<typeof panel>;

const libraryPanel = z.looseObject({
  kind: z.literal('LibraryPanel'),
  spec: z.looseObject({
    id: z.int().nullish(),
    title: z.string().nullish(),
    libraryPanel: z.looseObject({ uid: z.string(), name: z.string().nullish() }),
  }),
});

export type Element = PanelElement | z.output<typeof libraryPanel>;

const variable = z.looseObject({
  kind: z.enum([
    'QueryVariable',
    'DatasourceVariable',
    'CustomVariable',
    'ConstantVariable',
    'IntervalVariable',
    'TextVariable',
    'GroupByVariable',
    'AdhocVariable',
    'SwitchVariable',
  ]),
  group: z.string().nullish(),
  datasource: z.looseObject({ name: z.string().nullish() }).nullish(),
  spec: z.looseObject({
    name: z.string().min(1),
    query: z.union([z.string(), dataQuery]).nullish(),
    datasource: sourceReference,
  }),
});

export type V2Variable = z.output<typeof variable>;

const annotation = z.looseObject({
  spec: z.looseObject({
    name: z.string().nullish(),
    builtIn: z.boolean().nullish(),
    query: dataQuery.nullish(),
    datasource: sourceReference,
    legacyOptions: fields.nullish(),
  }),
});

export type V2Annotation = z.output<typeof annotation>;

/** A dashboard in the second version of Grafana's format. */
export const v2Schema = z.looseObject({
  title: z.string().min(1),
  cursorSync: z.string().nullish(),
  elements: z.record(z.string(), z.discriminatedUnion('kind', [panel, libraryPanel])),
  layout,
  variables: list(variable),
  annotations: list(annotation),
  links: z.array(z.unknown()).nullish(),
  timeSettings: fields.nullish(),
});

export type V2Dashboard = z.output<typeof v2Schema>;
