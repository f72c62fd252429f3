import type { GrafanaDashboard, Variable as OwnVariable } from '../model/dashboard.js';
import { promqlUid } from '../model/data-source.js';
import type { Dashboard } from './dashboard.js';

/** The folder of imported dashboards. */
const folder = 'Imported';

/** The parts of an exported dashboard that the import uses. */
interface Export {
  readonly title: string;
  readonly tags?: readonly string[];
  readonly __inputs?: readonly { readonly name: string; readonly pluginId?: string }[];
  readonly templating?: { readonly list?: readonly Variable[] };
  readonly panels?: readonly unknown[];
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly query?: unknown;
}

/** Imports a dashboard: an export of Grafana, or a community dashboard. */
export const importDashboard = (json: Export): Dashboard => {
  const { __inputs: inputs = [], ...rest } = json;
  const variables = json.templating?.list ?? [];
  // Names of its Prometheus data source: inputs of the export, and variables.
  const aliases = [
    ...inputs.filter(({ pluginId }) => pluginId === 'prometheus'),
    ...variables.filter(({ type, query }) => type === 'datasource' && query === 'prometheus'),
  ].map(({ name }) => name);
  const kept = variables.filter(({ name }) => !aliases.includes(name));
  return {
    title: json.title,
    folder,
    needs: [],
    variables: kept.filter(({ type }) => type !== 'datasource') as unknown as OwnVariable[],
    render: ({ uid }) =>
      numbered({
        ...(mapSources(strip(rest), aliases) as object),
        uid,
        // The overview lists the dashboards with this tag.
        tags: [...new Set([...(json.tags ?? []), 'crowsnest'])],
        ...(json.templating && {
          templating: { list: kept.map((one) => mapSources(one, aliases)) },
        }),
        editable: false,
      } as unknown as GrafanaDashboard),
  };
};

// Fields that belong to the original Grafana.
const strip = ({
  id: _id,
  version: _version,
  iteration: _iteration,
  __requires: _requires,
  __elements: _elements,
  ...rest
}: Record<string, unknown> & object): object => rest;

/** Replaces each reference to its data source by a reference to that of the stack. */
const mapSources = (value: unknown, aliases: readonly string[]): unknown => {
  const names = new Set(aliases.flatMap((name) => [`\${${name}}`, `$${name}`]));
  const walk = (one: unknown, key = ''): unknown => {
    if (Array.isArray(one)) return one.map((item) => walk(item));
    if (typeof one === 'object' && one !== null) {
      // biome-ignore lint/suspicious/noExplicitAny: JSON of unknown shape
      const source = one as any;
      if (key === 'datasource' && isOurs(source, names)) {
        return { type: 'prometheus', uid: promqlUid };
      }
      return Object.fromEntries(
        Object.entries(one).map(([name, part]) => [name, walk(part, name)]),
      );
    }
    if (key === 'datasource' && typeof one === 'string') {
      return names.has(one) || /^prometheus$/i.test(one)
        ? { type: 'prometheus', uid: promqlUid }
        : one;
    }
    return one;
  };
  return walk(value);
};

// The stack has one Prometheus data source.
const isOurs = (
  { type, uid }: { readonly type?: unknown; readonly uid?: unknown },
  names: ReadonlySet<string>,
): boolean => type === 'prometheus' || (typeof uid === 'string' && names.has(uid));

/** Gives an id to panels that have none or that of another panel. */
const numbered = (dashboard: GrafanaDashboard): GrafanaDashboard => {
  type Numbered = { id?: number; panels?: Numbered[] };
  const panels = (dashboard.panels ?? []) as Numbered[];
  const all = panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]);
  const taken = new Set<number>();
  let next = Math.max(0, ...all.map(({ id }) => id ?? 0));
  const idOf = ({ id }: Numbered): number => {
    if (id !== undefined && !taken.has(id)) {
      taken.add(id);
      return id;
    }
    next += 1;
    return next;
  };
  const fresh = (panel: Numbered): Numbered => ({
    ...panel,
    id: idOf(panel),
    ...(panel.panels && { panels: panel.panels.map(fresh) }),
  });
  return { ...dashboard, panels: panels.map(fresh) as GrafanaDashboard['panels'] };
};
