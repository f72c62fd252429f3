import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { suggest } from '../model/suggestion.js';
import { dashboardsIn, type ShippedDashboard } from './dashboard/dashboard.js';
import { provisionedSources } from './dashboard/source.js';
import { type Loose, listOf } from './reference/lenient.js';

const check: Check = {
  summary:
    'Every data source that a dashboard asks is one that Grafana gets in that environment, of the type that it says.',
  run: (input) => {
    const sources = provisionedSources(input.manifests);
    return dashboardsIn(input).flatMap((dashboard) =>
      [
        ...listOf(dashboard.json.templating?.list),
        ...listOf(dashboard.json.annotations?.list),
        ...dashboard.panels.flatMap((panel) => [panel, ...listOf(panel.targets)]),
      ].flatMap((asker) => faultsOf(dashboard, asker, sources)),
    );
  },
};

export default check;

type Sources = ReturnType<typeof provisionedSources>;

// Grafana's own.
const builtIn = ['grafana', '-- Grafana --', '-- Mixed --', '-- Dashboard --', '__expr__'];

const faultsOf = (
  { severity, placeOf }: ShippedDashboard,
  { datasource, title, name, refId }: Loose,
  sources: Sources,
): Omit<Finding, 'check'>[] => {
  if (datasource === undefined || datasource === null) return [];
  const uid = typeof datasource === 'string' ? datasource : datasource.uid;
  if (builtIn.includes(uid) || datasource.type === 'grafana') return [];
  const found = sources.find((one) => one.uid === uid || one.name === uid);
  if (found && (datasource.type === undefined || datasource.type === found.type)) return [];
  const uids = sources.map((one) => one.uid);
  const place = placeOf(title ?? name);
  return [
    {
      severity,
      place: { ...place, path: `${place.path}: ${title ?? name ?? refId ?? 'data source'}` },
      message: found
        ? `The data source '${uid}' is of the type '${found.type}'.`
        : 'Grafana gets no such data source in this environment.',
      value: found ? datasource.type : uid,
      remedy: uids.length ? `There are ${uids.join(', ')}.` : 'There is none.',
      suggestion: found || typeof uid !== 'string' ? undefined : suggest(uid, uids),
    },
  ];
};
