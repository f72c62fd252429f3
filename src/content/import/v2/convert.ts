import type { ContentFault } from '../../faults.js';
import { panelsOfLayout } from './layout.js';
import type { V2Dashboard } from './schema.js';
import { sourceVariable } from './source.js';
import { classicAnnotation, classicVariable } from './variable.js';

/** A fault without its file. */
export type ConversionFault = Omit<ContentFault, 'place'> & { readonly path: string };

/** A classic dashboard, which Grafana loads from a file. */
export interface Conversion {
  readonly json: Readonly<Record<string, unknown>>;
  readonly faults: readonly ConversionFault[];
}

/**
 * Converts a dashboard of the second version to the classic format, as Grafana does for its older
 * interface.
 */
export const classicOf = (dashboard: V2Dashboard): Conversion => {
  const { elements, layout, variables, annotations, cursorSync, timeSettings, links, ...rest } =
    dashboard;
  const missing = new Set<string>();
  const { panels } = panelsOfLayout(layout, (name) => {
    const element = Object.hasOwn(elements, name) ? elements[name] : undefined;
    if (!element) missing.add(name);
    return element;
  });
  const json = {
    ...rest,
    schemaVersion: 42,
    graphTooltip: Math.max(0, ['Off', 'Crosshair', 'Tooltip'].indexOf(cursorSync ?? 'Off')),
    ...timeOf(timeSettings ?? {}),
    ...(links && { links }),
    panels,
    templating: { list: variables.map(classicVariable) },
    annotations: { list: annotations.map(classicAnnotation) },
  };
  const text = JSON.stringify(json);
  const types = typesOf(dashboard).filter((type) => text.includes(`\${${sourceVariable(type)}}`));
  const inputs = types.map((type) => ({
    name: sourceVariable(type),
    type: 'datasource',
    pluginId: type,
  }));
  return {
    json: { ...json, ...(inputs.length > 0 && { __inputs: inputs }) },
    faults: [
      ...[...missing].map(
        (name): ConversionFault => ({
          fault: 'unknown-element',
          path: 'layout',
          message: `The layout has the element '${name}', which the dashboard does not have.`,
          value: name,
        }),
      ),
      ...lostIn(dashboard),
    ],
  };
};

const timeOf = (settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const { from, to, autoRefresh, autoRefreshIntervals, hideTimepicker, quickRanges, nowDelay } =
    settings;
  const { timezone, weekStart, fiscalYearStartMonth } = settings;
  return {
    time: { from: from || 'now-6h', to: to || 'now' },
    ...(autoRefresh !== undefined && { refresh: autoRefresh }),
    timepicker: {
      refresh_intervals: autoRefreshIntervals,
      hidden: hideTimepicker,
      quick_ranges: quickRanges,
      nowDelay,
    },
    timezone,
    weekStart,
    fiscalYearStartMonth,
  };
};

/** The types of all data sources that the dashboard queries. */
const typesOf = ({ elements, variables, annotations }: V2Dashboard): string[] => {
  const queries = [
    ...Object.values(elements).flatMap(({ kind, spec }) =>
      kind === 'Panel'
        ? ((spec as { data?: { spec: { queries: { spec: Typed }[] } } }).data?.spec.queries ?? [])
        : [],
    ),
    ...annotations,
    ...variables,
  ];
  const types = queries.flatMap((one) => {
    const { group, spec } = one as { readonly group?: string | null; readonly spec: Typed };
    const { query, datasource } = spec;
    const ofQuery = typeof query === 'object' && query ? (query.group ?? query.kind) : undefined;
    return [datasource?.type, ofQuery, group];
  });
  return [...new Set(types.filter((type) => typeof type === 'string' && type !== ''))] as string[];
};

interface Typed {
  readonly query?: string | { readonly kind: string; readonly group?: string | null } | null;
  readonly datasource?: { readonly type?: string | null } | null;
}

/** What a classic dashboard cannot have: it is shown in another way, or always. */
const lostIn = ({ layout }: V2Dashboard): ConversionFault[] => {
  const parts = partsOf(layout);
  const lost = [
    ...(parts.some(({ kind }) => kind === 'TabsLayout') ? ['tabs become rows'] : []),
    ...(parts.some(({ spec }) => isConditional(spec)) ? ['conditions are ignored'] : []),
    ...(parts.some(({ spec }) => hasItems(spec, 'variables'))
      ? ['variables of rows are lost']
      : []),
  ];
  if (lost.length === 0) return [];
  return [
    {
      fault: 'no-equivalent',
      path: 'layout',
      message: `A dashboard that is loaded from a file has no equivalent of parts of this layout: ${lost.join(', ')}.`,
    },
  ];
};

interface Part {
  readonly kind?: unknown;
  readonly spec?: unknown;
}

/** All parts of a layout: the layouts, rows, tabs and items in it. */
const partsOf = (value: unknown): Part[] => {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(partsOf);
  return 'spec' in value ? [value, ...inner] : inner;
};

const hasItems = (spec: unknown, name: string): boolean => {
  const list = (spec as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return Array.isArray(list) && list.length > 0;
};

const isConditional = (spec: unknown): boolean => {
  const { conditionalRendering } = (spec ?? {}) as { conditionalRendering?: Part | null };
  return hasItems(conditionalRendering?.spec, 'items');
};
