import { promqlUid } from '../model/data-source.js';
import type { Dashboard, GrafanaDashboard } from './dashboard.js';

/** The folder of dashboards that somebody else's Grafana wrote. */
const folder = 'Imported';

/** A dashboard as Grafana exports it, as far as it is looked at here. */
interface Export {
  readonly title: string;
  readonly __inputs?: readonly { readonly name: string; readonly pluginId?: string }[];
  readonly templating?: { readonly list?: readonly Variable[] };
  readonly panels?: readonly unknown[];
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly query?: unknown;
}

/** Takes over a dashboard that was made elsewhere: an export, or one of a community. */
export const importDashboard = (json: Export): Dashboard => {
  const { __inputs: inputs = [], ...rest } = json;
  const variables = json.templating?.list ?? [];
  // Names by which its data source of Prometheus goes: inputs of an export, and variables.
  const aliases = [
    ...inputs.filter(({ pluginId }) => pluginId === 'prometheus'),
    ...variables.filter(({ type, query }) => type === 'datasource' && query === 'prometheus'),
  ].map(({ name }) => name);
  const kept = variables.filter(({ name }) => !aliases.includes(name));
  return {
    title: json.title,
    folder,
    needs: [],
    variables: kept.filter(({ type }) => type !== 'datasource').map(({ name }) => name),
    render: ({ uid }) =>
      numbered({
        ...(mapSources(strip(rest), aliases) as object),
        uid,
        ...(json.templating && {
          templating: { list: kept.map((one) => mapSources(one, aliases)) },
        }),
        editable: false,
      } as unknown as GrafanaDashboard),
  };
};

// What belongs to the Grafana that it came from.
const strip = ({
  id: _id,
  version: _version,
  iteration: _iteration,
  __requires: _requires,
  __elements: _elements,
  ...rest
}: Record<string, unknown> & object): object => rest;

/** Replaces each reference to its data source by that to ours. */
const mapSources = (value: unknown, aliases: readonly string[]): unknown => {
  const names = new Set(aliases.flatMap((name) => [`\${${name}}`, `$${name}`]));
  const walk = (one: unknown, key = ''): unknown => {
    if (Array.isArray(one)) return one.map((item) => walk(item));
    if (typeof one === 'object' && one !== null) {
      // biome-ignore lint/suspicious/noExplicitAny: somebody else's JSON
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

// Whichever Prometheus it was, here there is one.
const isOurs = (
  { type, uid }: { readonly type?: unknown; readonly uid?: unknown },
  names: ReadonlySet<string>,
): boolean => type === 'prometheus' || (typeof uid === 'string' && names.has(uid));

/** Gives panels without an id, or with that of another, one of their own. */
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
