import type { AlertSetting } from '../config/alert-setting.js';
import type { Finding } from '../model/finding.js';
import type { RenderedContent } from '../model/wiring.js';
import type { Alert, AlertGroup, Rules, Thresholds } from './alert-group.js';
import type { Content } from './content.js';
import { type Addresses, dashboardUrl, runbookUrl } from './link.js';
import { renderDashboards } from './render-dashboards.js';
import { type Annotate, ruleFile } from './rule-file.js';
import { settingFaults } from './setting-fault.js';

/** What an environment chooses content by. */
export interface Choice {
  /** Names of the scrape jobs that it has. */
  readonly jobs: readonly string[];
  readonly settings: readonly AlertSetting[];
  readonly addresses: Addresses;
}

/** An alert or a dashboard that an environment does without. */
export interface Omission {
  readonly kind: 'alert' | 'dashboard';
  readonly name: string;
  readonly reason: string;
}

/** An alert that an environment evaluates. */
export interface SelectedAlert extends Pick<Alert, 'alert' | 'severity'> {
  /** A URL, or a path in the repository. */
  readonly runbook: string;
}

/** The content of one environment. */
export interface Selection {
  readonly rendered: RenderedContent;
  readonly alerts: readonly SelectedAlert[];
  readonly omissions: readonly Omission[];
  /** Faults of the settings; their places are paths in the environment. */
  readonly findings: readonly Finding[];
}

/** Chooses what an environment can make use of, and has not switched off, and sets the links. */
export const select = (content: Content, choice: Choice): Selection => {
  const { runbooks, grafana } = choice.addresses;
  const dashboards = gate(Object.entries(content.dashboards), 'dashboard', choice.jobs);
  const available = Object.fromEntries(dashboards.kept);
  const off = switchedOff(choice.settings);
  const groups = Object.entries(content.alerts).map(([name, group]) => {
    const rules = group.rules(thresholdsOf(group, choice.settings));
    const { kept, omissions } = gate(rules.alerts.map(entryOf(group)), 'alert', choice.jobs);
    const alerts = kept.map(([, alert]) => alert).filter(({ alert }) => !off.has(alert));
    const recordings = isScraped(group.needs, choice.jobs) ? rules.recordings : [];
    const known = rules.alerts.map(({ alert }) => alert);
    return { name, group, rules: { recordings, alerts }, omissions, known };
  });
  const annotate =
    (name: string, group: AlertGroup): Annotate =>
    (alert) => {
      const uid = alert.dashboard ?? group.dashboard;
      const linked = uid === undefined ? undefined : available[uid];
      return {
        runbook_url: runbookUrl(runbooks, name, alert.alert),
        ...(uid && linked && { dashboard_url: dashboardUrl(grafana, uid, linked, alert) }),
      };
    };
  return {
    rendered: {
      dashboards: renderDashboards(content.dashboards, choice.jobs),
      expressions: groups.flatMap(({ rules: { recordings = [], alerts } }) =>
        [...recordings, ...alerts].map(({ expr }) => expr),
      ),
      rules: Object.fromEntries(
        groups
          .filter(({ rules }) => !isEmpty(rules))
          .map(({ name, group, rules }) => [
            `${name}.yaml`,
            ruleFile(name, rules, annotate(name, group)),
          ]),
      ),
    },
    alerts: groups.flatMap(({ name, rules }) =>
      rules.alerts.map(({ alert, severity }) => ({
        alert,
        severity,
        runbook: runbookUrl(runbooks, name, alert),
      })),
    ),
    omissions: [
      ...groups.flatMap(({ omissions }) => omissions).filter(({ name }) => !off.has(name)),
      ...[...off].map(([name, reason]): Omission => ({ kind: 'alert', name, reason })),
      ...dashboards.omissions,
    ],
    findings: settingFaults(
      choice.settings,
      content,
      groups.flatMap(({ known }) => known),
    ),
  };
};

const entryOf =
  (group: AlertGroup) =>
  (alert: Alert): [string, Alert] => [
    alert.alert,
    { ...alert, needs: [...group.needs, ...(alert.needs ?? [])] },
  ];

const isScraped = (needs: readonly string[], jobs: readonly string[]): boolean =>
  needs.every((job) => jobs.includes(job));

const isEmpty = ({ recordings = [], alerts }: Rules): boolean =>
  recordings.length + alerts.length === 0;

/** Keeps what needs only jobs that there are. */
const gate = <T extends { readonly needs?: readonly string[] }>(
  all: readonly (readonly [name: string, value: T])[],
  kind: Omission['kind'],
  jobs: readonly string[],
): { kept: (readonly [string, T])[]; omissions: Omission[] } => ({
  kept: all.filter(([, { needs = [] }]) => isScraped(needs, jobs)),
  omissions: all.flatMap(([name, { needs = [] }]): Omission[] => {
    const missing = [...new Set(needs)].filter((job) => !jobs.includes(job));
    if (missing.length === 0) return [];
    const reason = `nothing here is scraped as ${missing.map((job) => `\`${job}\``).join(' or ')}`;
    return [{ kind, name, reason }];
  }),
});

const thresholdsOf = (group: AlertGroup, settings: readonly AlertSetting[]): Thresholds =>
  Object.assign(
    { ...group.thresholds },
    ...settings.map((one) => (one.kind === 'with' && one.group === group ? one.thresholds : {})),
  );

const switchedOff = (settings: readonly AlertSetting[]): ReadonlyMap<string, string> =>
  new Map(settings.flatMap((one) => (one.kind === 'without' ? [[one.alert, one.reason]] : [])));
