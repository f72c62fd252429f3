import type { AlertSetting } from '../config/alert-setting.js';
import { isImported } from '../model/check.js';
import type { SelectedContent, Unscraped } from '../model/content.js';
import type { GrafanaDashboard } from '../model/dashboard.js';
import type { Finding } from '../model/finding.js';
import { ownValue } from '../model/own-value.js';
import { adaptedTo } from './adapted-range.js';
import type { Alert, AlertGroup, Rules } from './alert-group.js';
import { attempts } from './attempt.js';
import type { Content } from './content.js';
import type { Dashboard, DashboardContext } from './dashboard.js';
import { logRules, logs as logsFact } from './fact.js';
import { type Addresses, dashboardUrl, runbookUrl } from './link.js';
import { objectiveFacts, withoutObjectiveFacts } from './objective/fact.js';
import type { DashboardTitles } from './panel-link.js';
import { metricsReason, missingFor } from './queried.js';
import { type Annotate, ruleGroup } from './rule-group.js';
import { selectLogRules, selectRules } from './select-rules.js';
import type { Omission, SelectedAlert } from './selected.js';
import { severitiesOf, switchedOff, thresholdsOf } from './setting.js';
import { settingFaults } from './setting-fault.js';
import { withUniqueTitles } from './unique-title.js';
import { shownVariables } from './variable.js';

/** What the selection of content depends on. */
export interface Choice {
  /** Names of its scrape jobs, and its facts. */
  readonly jobs: readonly string[];
  /**
   * Why content is left out if a fact does not hold or a job is not scraped, by the name of the fact or
   * job. @default - no reasons
   */
  readonly without?: Readonly<Record<string, string>>;
  /** Why no job is scraped. @default - some are */
  readonly nothingScraped?: string;
  /** Whether Grafana has any data source for logs. @default - if the fact holds */
  readonly logs?: boolean;
  /** Decides about content that does not state its scrape jobs. @default - the environment has it */
  readonly unscraped?: Unscraped;
  readonly settings: readonly AlertSetting[];
  readonly addresses: Addresses;
  /** How often jobs are scraped. @default - ranges are not adapted */
  readonly scrapeInterval?: string;
}

/** The content of one environment. */
export interface Selection {
  readonly content: SelectedContent;
  readonly alerts: readonly SelectedAlert[];
  readonly omissions: readonly Omission[];
  /** Faults in the settings; places are paths in the environment. */
  readonly findings: readonly Finding[];
}

/** Selects the content that an environment can use and does not disable, and sets its links. */
export const select = (content: Content, given: Choice): Selection => {
  const { runbooks, grafana } = given.addresses;
  const off = switchedOff(given.settings);
  const { attempt, findings: failures } = attempts(content.sources);
  const rendered: Rendered = (uid, { render }, context) =>
    attempt(`dashboards/${uid}`, 'render', () => render({ uid, ...context }), nothing(uid));
  const all = Object.entries(content.alerts).map(([name, group]) => {
    const thresholds = thresholdsOf(group, given.settings);
    const rules = attempt(
      `alerts/${name}`,
      'rules',
      () => adaptedTo(given.scrapeInterval, group, group.rules(thresholds)),
      noRules,
    );
    return { name, group, rules };
  });
  const choice = withContentFacts(
    given,
    all.map(({ group, rules }) => keptRecordings(group, rules, given)),
  );
  const jobs = new Set(choice.jobs);
  const groups = all.map(({ name, group, rules }) => {
    const { kept, omissions } = gate(rules.alerts.map(entryOf(group)), 'alert', choice);
    const alerts = kept.map(([, alert]) => alert).filter(({ alert }) => !off.has(alert));
    const { recordings } = keptRecordings(group, rules, choice);
    const known = rules.alerts.map(({ alert }) => alert);
    return { name, group, rules: { recordings, alerts }, omissions, known };
  });
  const recordedHere = groups.flatMap(({ rules }) => rules.recordings.map(({ record }) => record));
  const ofOthers = {
    off,
    severities: severitiesOf(choice.settings),
    runbookOf: (name: string, alert: string) =>
      content.sources[`alerts/${name}`]?.runbook?.alerts().includes(alert)
        ? runbookUrl(runbooks, name, alert)
        : undefined,
  };
  const logs = selectLogRules(
    content.logRuleFiles,
    ofOthers,
    jobs.has(logRules) ? undefined : reasonOf([logRules], choice),
  );
  const imported = selectRules(content.ruleFiles, {
    ...ofOthers,
    missing: (expr, recorded) => {
      const missing = choice.unscraped?.([{ expr }], recorded);
      // The check `metrics` reports a misspelt metric, with what may be meant.
      if (!missing || ('misspelt' in missing && missing.misspelt)) return undefined;
      const names = 'jobs' in missing ? missing.jobs : missing.metrics;
      return { ...lackOf(missing, choice), names };
    },
    recorded: recordedHere,
  });
  const recorded = new Set([...recordedHere, ...imported.recorded]);
  const dashboards = dashboardsOf(content, choice, recorded, rendered);
  const ships = new Set(dashboards.kept.map(([uid]) => uid));
  const titles: DashboardTitles = new Map(
    Object.entries(content.dashboards).map(([uid, { title, variables }]) => [
      uid,
      { title, variables: shownVariables(variables, jobs), ships: ships.has(uid) },
    ]),
  );
  const runbookOf = (
    name: string,
    { alert, runbook }: Pick<Alert, 'alert' | 'runbook'>,
  ): string | undefined => {
    if (runbook) return runbook;
    const sections = content.sources[`alerts/${name}`]?.runbook?.alerts();
    return !sections || sections.includes(alert) ? runbookUrl(runbooks, name, alert) : undefined;
  };
  const annotate =
    (name: string, group: AlertGroup): Annotate =>
    (alert) => {
      const uid = alert.dashboard ?? group.dashboard;
      const linked = uid === undefined ? undefined : titles.get(uid);
      const runbook = runbookOf(name, alert);
      return {
        ...(runbook && { runbook_url: runbook }),
        ...(uid &&
          linked?.ships &&
          grafana !== undefined && { dashboard_url: dashboardUrl(grafana, uid, linked, alert) }),
      };
    };
  return {
    content: {
      dashboards: withUniqueTitles(
        Object.fromEntries(
          dashboards.kept.map(([uid, one]) => [
            uid,
            { folder: one.folder, model: rendered(uid, one, { jobs, titles }) },
          ]),
        ),
        (uid) => isImported(content.sources[`dashboards/${uid}`]),
      ),
      ruleFiles: {
        ...Object.fromEntries(
          groups
            .map(({ name, group, rules }) => ruleGroup(name, rules, group, annotate(name, group)))
            .filter(({ rules }) => rules.length > 0)
            .map((group) => [group.name, [group]]),
        ),
        ...imported.ruleFiles,
      },
      ...(content.logRuleFiles && { logRuleFiles: logs.ruleFiles }),
    },
    alerts: [
      ...groups.flatMap(({ name, rules }) =>
        rules.alerts.map((alert) => ({
          alert: alert.alert,
          severity: alert.severity,
          runbook: runbookOf(name, alert),
        })),
      ),
      ...imported.alerts,
      ...logs.alerts,
    ],
    omissions: [
      ...groups.flatMap(({ omissions }) => omissions).filter(({ name }) => !off.has(name)),
      ...[...off].map(([name, reason]): Omission => ({ kind: 'alert', name, reason })),
      ...imported.omissions,
      ...logs.omissions,
      ...dashboards.omissions,
    ],
    findings: [
      ...failures,
      ...settingFaults(choice.settings, content, [
        ...groups.flatMap(({ known }) => known),
        ...Object.values({ ...content.ruleFiles, ...content.logRuleFiles })
          .flat()
          .flatMap(({ rules }) => rules.flatMap(({ alert }) => alert ?? [])),
      ]),
    ],
  };
};

/** The rules without recordings whose jobs are not scraped. */
const keptRecordings = (
  group: Pick<AlertGroup, 'needs'>,
  rules: Rules,
  { jobs }: Pick<Choice, 'jobs'>,
): Rules & Required<Pick<Rules, 'recordings'>> => ({
  ...rules,
  recordings: (rules.recordings ?? []).filter(({ needs = [] }) =>
    isScraped([...group.needs, ...needs], jobs),
  ),
});

/** The choice with the facts about the content itself. */
const withContentFacts = (choice: Choice, all: readonly Rules[]): Choice => ({
  ...choice,
  jobs: [...choice.jobs, ...objectiveFacts(all, choice.jobs)],
  without: { ...withoutObjectiveFacts, ...choice.without },
});

type Rendered = (
  uid: string,
  dashboard: Dashboard,
  context: Omit<DashboardContext, 'uid'>,
) => GrafanaDashboard;

const noRules: Rules = { alerts: [] };

const nothing = (uid: string): GrafanaDashboard => ({
  uid,
  title: uid,
  schemaVersion: 42,
  panels: [],
  templating: { list: [] },
  annotations: { list: [] },
});

const entryOf =
  (group: AlertGroup) =>
  (alert: Alert): [string, Alert] => [
    alert.alert,
    { ...alert, needs: [...group.needs, ...(alert.needs ?? [])] },
  ];

/** The dashboards whose jobs are scraped: those that they need, or one of those that they query. */
const dashboardsOf = (
  content: Content,
  choice: Choice,
  recorded: ReadonlySet<string>,
  rendered: Rendered,
) => {
  const { kept, omissions } = gate(Object.entries(content.dashboards), 'dashboard', choice);
  const context = { jobs: new Set(choice.jobs), titles: new Map() };
  const { logs = context.jobs.has(logsFact) } = choice;
  const judged = kept.map(([uid, one]) => ({
    entry: [uid, one] as const,
    missing: one.needs
      ? undefined
      : missingFor(rendered(uid, one, context), { ...choice, recorded, logs }),
  }));
  return {
    kept: judged.filter(({ missing }) => !missing).map(({ entry }) => entry),
    omissions: [
      ...omissions,
      ...judged.flatMap(({ entry: [name], missing }): Omission[] =>
        missing ? [{ kind: 'dashboard', name, ...lackOf(missing, choice) }] : [],
      ),
    ],
  };
};

const lackOf = (
  missing: NonNullable<ReturnType<Unscraped>>,
  reasons: Reasons,
): Pick<Omission, 'reason' | 'meant' | 'heldBy'> => ({
  reason: 'jobs' in missing ? reasonOf(missing.jobs, reasons) : metricsReason(missing),
  ...(missing.meant && { meant: missing.meant }),
  ...('heldBy' in missing && missing.heldBy && { heldBy: missing.heldBy }),
});

const isScraped = (needs: readonly string[], jobs: readonly string[]): boolean =>
  needs.every((job) => jobs.includes(job));

/** Keeps what needs only existing jobs. */
const gate = <T extends { readonly needs?: readonly string[] }>(
  all: readonly (readonly [name: string, value: T])[],
  kind: Omission['kind'],
  { jobs, ...reasons }: Pick<Choice, 'jobs'> & Reasons,
): { kept: (readonly [string, T])[]; omissions: Omission[] } => ({
  kept: all.filter(([, { needs = [] }]) => isScraped(needs, jobs)),
  omissions: all.flatMap(([name, { needs = [] }]): Omission[] => {
    const missing = [...new Set(needs)].filter((job) => !jobs.includes(job));
    if (missing.length === 0) return [];
    const reason = reasonOf(missing, reasons);
    return [{ kind, name, reason }];
  }),
});

type Reasons = Pick<Choice, 'without' | 'nothingScraped'>;

const reasonOf = (
  missing: readonly string[],
  { without = {}, nothingScraped }: Reasons,
): string => {
  const named = missing.filter((name) => ownValue(without, name) === undefined);
  const jobs = named.map((name) => `\`${name}\``).join(' or ');
  if (jobs !== '') return nothingScraped ?? `the scrape job ${jobs} does not exist`;
  return [...new Set(missing.map((name) => ownValue(without, name)))].join(', ');
};
