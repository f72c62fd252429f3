import type { GrafanaDashboard, Variable } from '../../model/dashboard.js';
import { memoizeText } from '../../model/memoize.js';
import type { Dashboard } from '../dashboard.js';
import { logs } from '../fact.js';
import type { Export } from './export.js';
import { panelsOf } from './rows.js';
import { replacementOf } from './sources.js';

/** The folder of imported dashboards. */
const importedFolder = 'Imported';

/** Imports a dashboard: an export of Grafana, or a community dashboard. */
export const importDashboard = (exported: Export, folder = importedFolder): Dashboard => {
  const { variables, apply } = replacementOf(exported);
  const { title, tags, templating } = exported;
  // Most environments have the same text.
  const rendered = memoizeText((key) => {
    const [uid, hasLogs] = JSON.parse(key);
    const here = (value: unknown): unknown => apply(value, { logs: hasLogs });
    return {
      ...(here(strip(exported)) as object),
      uid,
      // The overview lists the dashboards with this tag.
      tags: [...new Set([...tags, 'crowsnest'])],
      ...((templating || variables.length > 0) && { templating: { list: here(variables) } }),
      editable: false,
      panels: numbered(here(panelsOf(exported)) as Numbered[]),
    } as unknown as GrafanaDashboard;
  });
  return {
    title: apply(title) as string,
    folder,
    variables: (apply(variables) as Variable[]).filter(({ type }) => type !== 'datasource'),
    render: ({ uid, jobs }) => rendered(JSON.stringify([uid, jobs.has(logs)])),
  };
};

// Fields that belong to the original Grafana, or that the import replaces.
const strip = ({
  id: _id,
  version: _version,
  iteration: _iteration,
  rows: _rows,
  panels: _panels,
  __inputs,
  __requires,
  __elements,
  ...rest
}: Record<string, unknown> & object): object => rest;

interface Numbered {
  readonly type?: unknown;
  readonly id?: number | null;
  readonly panels?: readonly Numbered[];
  readonly targets?: readonly { readonly expr?: unknown }[] | null;
}

/** Gives an id to panels that have none or that of another panel, and removes queries that Grafana does not send. */
const numbered = (panels: readonly Numbered[]): Numbered[] => {
  const all = panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]);
  const taken = new Set<number>();
  let next = Math.max(0, ...all.map(({ id }) => id ?? 0));
  const idOf = ({ id }: Numbered): number => {
    if (id != null && !taken.has(id)) {
      taken.add(id);
      return id;
    }
    next += 1;
    return next;
  };
  const fresh = ({ panels: inner = [], targets, ...panel }: Numbered): Numbered => ({
    ...panel,
    id: idOf(panel),
    ...(targets && { targets: targets.filter(({ expr }) => expr !== '') }),
    ...(panel.type === 'row' && { panels: inner.map(fresh) }),
  });
  return panels.map(fresh);
};
