import type { Element, PanelElement } from './schema.js';
import { classicSource } from './source.js';

/** The place and repetition of a panel, as a classic dashboard has them. */
export type Placed = Readonly<Record<string, unknown>>;

// Grafana writes a query that is a text under this key.
// https://github.com/grafana/grafana/blob/main/apps/dashboard/pkg/migration/conversion/v2alpha1_to_v1beta1.go
const textKey = '__legacyStringValue';

/** The fields of a query that a classic dashboard has at the top of it. */
export const classicQuery = (spec: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const { [textKey]: text, ...rest } = spec;
  return { ...rest, ...(typeof text === 'string' && { query: text }) };
};

/** An element as a panel of a classic dashboard. */
export const classicPanel = ({ kind, spec }: Element, placed: Placed): Placed =>
  kind === 'LibraryPanel'
    ? {
        ...placed,
        id: spec.id,
        title: spec.title,
        type: 'library-panel-ref',
        libraryPanel: spec.libraryPanel,
      }
    : { ...placed, ...visible(spec as PanelElement['spec']) };

const visible = ({ vizConfig, data, ...rest }: PanelElement['spec']): Placed => {
  const { pluginVersion, ...shown } = vizConfig.spec;
  const queries = data?.spec.queries ?? [];
  const targets = queries.map(({ spec: { query, datasource, refId, hidden } }) => ({
    ...classicQuery(query.spec ?? {}),
    ...(refId && { refId }),
    ...(hidden && { hide: true }),
    datasource: classicSource(query, datasource),
  }));
  const transformations = data?.spec.transformations ?? [];
  const sources = new Set(targets.map(({ datasource }) => JSON.stringify(datasource)));
  return {
    ...rest,
    ...shown,
    type: vizConfig.group ?? vizConfig.kind,
    ...((vizConfig.version || pluginVersion) && {
      pluginVersion: vizConfig.version || pluginVersion,
    }),
    ...(targets.length > 0 && { targets }),
    // The panel has the data source of its queries, or says that they have several.
    ...(sources.size > 1
      ? { datasource: { type: 'mixed', uid: '-- Mixed --' } }
      : { datasource: targets[0]?.datasource }),
    ...(transformations.length > 0 && { transformations: transformations.map(transformation) }),
    ...data?.spec.queryOptions,
  };
};

// v2 has the id of a transformation in `group`, v2alpha1 and v2beta1 in the specification.
const transformation = (one: { readonly spec: Readonly<Record<string, unknown>> }): Placed => {
  const { group } = one as { readonly group?: unknown };
  return { ...(typeof group === 'string' && { id: group }), ...one.spec };
};
