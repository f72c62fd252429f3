import { lokiQueries } from '../logql/dashboard.js';
import type { Meant, Unscraped } from '../model/content.js';
import type { GrafanaDashboard } from '../model/dashboard.js';
import { meantTexts } from '../model/suggestion.js';
import { dashboardQueries, otherStores } from '../promql/dashboard.js';
import type { Content } from './content.js';
import { logs as logsFact } from './fact.js';
import { contentFinding } from './faults.js';

/** What decides whether the queries of an imported dashboard can have data. */
interface Known {
  readonly unscraped?: Unscraped;
  /** The series of the rules. */
  readonly recorded: ReadonlySet<string>;
  /** Whether Grafana has a data source for logs. */
  readonly logs: boolean;
}

/** What an environment lacks if no query of an imported dashboard can have data in it. */
export const missingFor = (
  model: GrafanaDashboard,
  { unscraped, recorded, logs }: Known,
): ReturnType<Unscraped> => {
  const others = otherStores(model).filter((type) => type !== 'loki');
  if (others.length > 0) return undefined;
  const ofLogs = lokiQueries(model).some(({ panel }) => panel !== undefined);
  if (ofLogs && logs) return undefined;
  const queries = dashboardQueries(model);
  // Variables alone, such as the namespaces of kube-state-metrics, show nothing.
  const ofPanels = queries.some(({ usedIn }) => usedIn.startsWith('panel '));
  const missing = ofLogs && !ofPanels ? {} : unscraped?.(queries, recorded);
  return ofLogs && missing ? { jobs: [logsFact] } : (missing as ReturnType<Unscraped>);
};

const mostNamed = 3;

/** Metrics that no scrape job has, or only jobs that the queries do not select. */
interface Lack {
  readonly metrics: readonly string[];
  readonly heldBy?: readonly string[];
}

/** The reason, if no selected scrape job has the metrics. */
export const metricsReason = ({ metrics, heldBy }: Lack): string => {
  const named = metrics.slice(0, mostNamed).map((name) => `\`${name}\``);
  const rest = metrics.length - named.length;
  const what = `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  if (!heldBy) return `no scrape job has its metrics: ${what}`;
  const jobs = heldBy.map((job) => `\`${job}\``).join(' and ');
  return `it selects another job than ${jobs}, which has ${what} here`;
};

/** The remedy for content whose queries select other jobs than those with their metrics. */
export const heldRemedy = (
  omissions: readonly { readonly heldBy?: readonly string[] }[],
): { readonly remedy?: string } => {
  const jobs = omissions.map(({ heldBy = [] }) => heldBy);
  if (jobs.some((held) => held.length === 0)) return {};
  const matchers = [...new Set(jobs.flat())].map((job) => `job="${job}"`);
  return { remedy: `Select the job that has them here: ${matchers.join(' or ')}.` };
};

/** A dashboard that an environment does not have. */
interface LeftOut {
  readonly kind: string;
  readonly name: string;
  readonly reason: string;
  readonly meant?: Meant;
  readonly heldBy?: readonly string[];
}

/** Imported dashboards that no environment has because of their queries. */
export const leftOutEverywhere = (
  { dashboards, sources }: Content,
  omissions: readonly (readonly LeftOut[])[],
) =>
  Object.entries(dashboards).flatMap(([uid, { needs }]) => {
    const found = omissions.map((all) =>
      all.find(({ kind, name }) => kind === 'dashboard' && name === uid),
    );
    const [first] = found;
    if (needs || !first || found.includes(undefined)) return [];
    const { message, ...texts } = meantTexts(first.meant);
    return [
      contentFinding({
        fault: 'not-scraped',
        place: { file: sources[`dashboards/${uid}`]?.file },
        message: `No environment has this dashboard: ${first.reason}.${message}`,
        ...texts,
        ...heldRemedy([first]),
      }),
    ];
  });
