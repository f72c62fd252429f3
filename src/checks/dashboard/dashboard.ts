import type { CheckInput } from '../../model/check.js';
import type { Finding, Place, Severity } from '../../model/finding.js';
import { type Manifest, titleOf } from '../../model/manifest.js';
import { once, onceForText } from '../../model/once.js';
import { titlesUpTo } from '../../promql/dashboard.js';
import { filesOf } from '../query/rule.js';
import { type Loose, listOf, recordOf } from '../reference/lenient.js';

/** A dashboard that ships, and where it was made. */
export interface ShippedDashboard {
  readonly uid: string;
  readonly json: Loose;
  /** Its panels, those in folded rows as well; not the rows. */
  readonly panels: readonly Loose[];
  readonly manifest: Manifest;
  /** An error in what is written here; a warning in what was taken over. */
  readonly severity: Severity;
  /** The place of a text that stands in its file, behind others, or of the dashboard. */
  readonly placeOf: (text?: unknown, after?: readonly string[]) => Place;
}

/** The dashboards that ship, in whichever shape they are. */
export const dashboardsIn = once(
  ({ manifests, sources }: CheckInput): readonly ShippedDashboard[] =>
    manifests.flatMap((manifest) => dashboardsOf(manifest, sources)),
);

// Where one manifest alone has changed, those of the others are the same.
const dashboardsOf = once((manifest: Manifest, sources: CheckInput['sources']) =>
  filesOf([manifest], 'grafana', /\.json$/).map(({ name, text }) =>
    dashboardOf(name, text, manifest, sources),
  ),
);

const dashboardOf = (
  uid: string,
  text: string,
  manifest: Manifest,
  sources: CheckInput['sources'],
): ShippedDashboard => {
  const json = recordOf(parse(text));
  const source = sources[`dashboards/${uid}`];
  const place = {
    ...(source && { file: source.file }),
    object: titleOf(manifest.object),
    path: `${uid}.json`,
  };
  return {
    uid,
    json,
    panels: listOf(json.panels)
      .flatMap((panel) => [panel, ...listOf(panel.panels)])
      .filter(({ type }) => type !== 'row'),
    manifest,
    severity: source?.file.endsWith('.json') ? 'warning' : 'error',
    placeOf: (where, after) => {
      const line = typeof where === 'string' && where ? source?.lineOf(where, after) : undefined;
      return { ...place, ...(line !== undefined && { line }) };
    },
  };
};

// Environments share dashboards, of which reading is most of the work.
const parse = onceForText((text): Loose => {
  try {
    return JSON.parse(text);
  } catch {
    // The check of the configuration tells of it.
    return {};
  }
});

/** A finding in a panel, which is named by its title. */
export const inPanel = (
  dashboard: ShippedDashboard,
  panel: Loose,
  finding: Pick<Finding, 'message' | 'remedy' | 'value' | 'why' | 'suggestion'>,
): Omit<Finding, 'check'> => {
  const title = `${panel.title || `${panel.type} ${panel.id ?? ''}`.trim()}`;
  const place = dashboard.placeOf(panel.title, titlesUpTo(panel, dashboard.json).slice(0, -1));
  return {
    severity: dashboard.severity,
    place: { ...place, path: `${place.path}: panel '${title}'` },
    ...finding,
  };
};
