import type { DataQuery } from './schema.js';

/** The variable that selects a data source of a type, where the dashboard names only the type. */
export const sourceVariable = (type: string): string => `ds_${type.replace(/\W+/g, '_')}`;

type Explicit = { readonly type?: string | null; readonly uid?: string | null } | null | undefined;

/** The type of the data source of a query, which v2alpha1 has in `kind`. */
const typeOf = ({ kind, group }: DataQuery): string => group ?? (kind === 'DataQuery' ? '' : kind);

/** The data source of a query, as a classic dashboard references it; Grafana's own need no uid. */
export const classicSource = (
  query: DataQuery | undefined,
  explicit?: Explicit,
): { readonly type?: string; readonly uid?: string } | undefined => {
  const type = explicit?.type || (query ? typeOf(query) : '');
  const uid = explicit?.uid || query?.datasource?.name;
  if (!type && !uid) return undefined;
  if (uid) return { ...(type && { type }), uid };
  return own.has(type)
    ? { type, uid: own.get(type) }
    : { type, uid: `\${${sourceVariable(type)}}` };
};

const own: ReadonlyMap<string, string> = new Map([
  ['grafana', '-- Grafana --'],
  ['datasource', '-- Grafana --'],
  ['__expr__', '__expr__'],
  ['mixed', '-- Mixed --'],
]);
