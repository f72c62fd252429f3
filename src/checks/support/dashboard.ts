import { type CheckInput, isImported } from '../../model/check.js';
import type { ReadDashboard, ReadPanel } from '../../model/dashboard.js';
import type { FoundFault } from '../../model/fault.js';
import type { Place } from '../../model/finding.js';
import { titleOf } from '../../model/manifest.js';
import { memoize } from '../../model/memoize.js';
import { titlesUpTo } from '../../promql/dashboard.js';
import { filesOfKind, perFile, stemOf } from './file.js';
import { listOf } from './untyped.js';

/** A shipped dashboard, and its source. */
export interface ShippedDashboard {
  readonly uid: string;
  /** What the ConfigMaps of its folder have in common. */
  readonly folder: string;
  readonly json: ReadDashboard;
  /** Its panels, including those in collapsed rows, without the rows. */
  readonly panels: readonly ReadPanel[];
  /** Severity of all its findings, if it is imported JSON. @default - that of the fault */
  readonly severity?: 'warning';
  /** The place of a text in its file, after the texts in `after`. @default - the place of the dashboard */
  readonly placeOf: (text?: unknown, after?: readonly string[]) => Place;
}

/** The shipped dashboards, which may have invalid fields. */
export const dashboardsIn = memoize((input: CheckInput): readonly ShippedDashboard[] =>
  filesOfKind(input, 'grafana-dashboard').map((file) => dashboardOf(file, input.sources)),
);

const dashboardOf = perFile('dashboards', (file, source): ShippedDashboard => {
  const { manifest, value: json } = file;
  const uid = stemOf(file);
  const place = {
    ...(source && { file: source.file }),
    object: titleOf(manifest.object),
    path: `${uid}.json`,
  };
  return {
    uid,
    folder: titleOf(manifest.object).replace(/-\d+$/, ''),
    json,
    panels: listOf(json.panels)
      .flatMap((panel) => [panel, ...listOf(panel.panels)])
      .filter(({ type }) => type !== 'row'),
    severity: isImported(source) ? 'warning' : undefined,
    placeOf: (where, after) => {
      const line = typeof where === 'string' && where ? source?.lineOf(where, after) : undefined;
      return { ...place, ...(line !== undefined && { line }) };
    },
  };
});

/** A fault in a panel; its place has the title of the panel. */
export const inPanel = <Fault extends string>(
  dashboard: ShippedDashboard,
  panel: ReadPanel,
  found: Omit<FoundFault<Fault>, 'place'>,
): FoundFault<Fault> => {
  const title = `${panel.title || `${panel.type} ${panel.id ?? ''}`.trim()}`;
  const place = dashboard.placeOf(panel.title, titlesUpTo(panel, dashboard.json).slice(0, -1));
  return {
    severity: dashboard.severity,
    place: { ...place, path: `${place.path}: panel '${title}'` },
    ...found,
  };
};
