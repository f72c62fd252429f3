import type { CheckInput } from '../../model/check.js';
import type { Finding, Place, Severity } from '../../model/finding.js';
import { type Manifest, titleOf } from '../../model/manifest.js';
import { type Loose, listOf, named, recordOf } from '../reference/lenient.js';

/** A dashboard that ships, and where it was made. */
export interface ShippedDashboard {
  readonly uid: string;
  readonly json: Loose;
  /** Its panels, those in folded rows as well; not the rows. */
  readonly panels: readonly Loose[];
  readonly manifest: Manifest;
  /** An error in what is written here; a warning in what was taken over. */
  readonly severity: Severity;
  /** The place of a text that stands in its file, or of the dashboard. */
  readonly placeOf: (text?: unknown) => Place;
}

// All checks ask for those of the same manifests, one after the other.
const known = new WeakMap<readonly Manifest[], readonly ShippedDashboard[]>();
// Environments share dashboards, of which reading is most of the work.
const parsed = new Map<string, Loose>();

/** The dashboards that ship, in whichever shape they are. */
export const dashboardsIn = ({ manifests, sources }: CheckInput): readonly ShippedDashboard[] => {
  const dashboards =
    known.get(manifests) ??
    named(manifests).flatMap((manifest) => {
      const { kind, metadata, data } = manifest.object;
      if (kind !== 'ConfigMap' || metadata.labels?.['app.kubernetes.io/name'] !== 'grafana') {
        return [];
      }
      return Object.entries(recordOf(data)).flatMap(([file, text]) =>
        file.endsWith('.json') && typeof text === 'string'
          ? [dashboardOf(file.slice(0, -'.json'.length), text, manifest, sources)]
          : [],
      );
    });
  known.set(manifests, dashboards);
  return dashboards;
};

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
    placeOf: (where) => {
      const line = typeof where === 'string' && where ? source?.lineOf(where) : undefined;
      return { ...place, ...(line !== undefined && { line }) };
    },
  };
};

const parse = (text: string): Loose => {
  if (!parsed.has(text)) {
    try {
      parsed.set(text, JSON.parse(text));
    } catch {
      // The check of the configuration tells of it.
      parsed.set(text, {});
    }
  }
  return parsed.get(text);
};

/** A finding in a panel, which is named by its title. */
export const inPanel = (
  dashboard: ShippedDashboard,
  panel: Loose,
  finding: Pick<Finding, 'message' | 'remedy' | 'value' | 'why' | 'suggestion'>,
): Omit<Finding, 'check'> => {
  const title = `${panel.title || `${panel.type} ${panel.id ?? ''}`.trim()}`;
  const place = dashboard.placeOf(panel.title);
  return {
    severity: dashboard.severity,
    place: { ...place, path: `${place.path}: panel '${title}'` },
    ...finding,
  };
};
