import type { Rule, RuleGroup } from '../model/content.js';
import { memoize } from '../model/memoize.js';
import { detectsAbsence } from '../promql/absence.js';
import { analyse } from '../promql/analyse.js';
import { readTemplate } from '../schema/template.js';
import type { Omission, SelectedAlert } from './selected.js';

/** Why content has no series, and the names that are surely meant. */
export interface Lack extends Pick<Omission, 'reason' | 'meant' | 'heldBy'> {
  /** The jobs or metrics that the environment lacks. */
  readonly names: readonly string[];
}

/** What the selection of rules that others wrote depends on. */
export interface RuleChoice {
  /** Why an expression can have no result. */
  readonly missing: (expr: string, recorded: ReadonlySet<string>) => Lack | undefined;
  /** Why all are left out. @default - each is judged by what it queries */
  readonly lack?: Lack;
  /** Names of series that other rules record. */
  readonly recorded: readonly string[];
  /** Disabled alerts, with the reason. */
  readonly off: ReadonlyMap<string, string>;
  /** Severities of the house, by those of the author. */
  readonly severities: Readonly<Record<string, string>>;
  /** The link to the runbook of an alert without one of its own. */
  readonly runbookOf: (file: string, alert: string) => string | undefined;
}

type RuleFiles = Readonly<Record<string, readonly RuleGroup[]>>;

export interface SelectedRules {
  readonly ruleFiles: RuleFiles;
  readonly alerts: readonly SelectedAlert[];
  readonly omissions: readonly Omission[];
  /** Names of the series that they record. */
  readonly recorded: readonly string[];
}

/**
 * Selects the rules that others wrote. One is left out if nothing that it queries is scraped or recorded:
 * an alert about absent series would always fire.
 */
export const selectRules = (files: RuleFiles, choice: RuleChoice): SelectedRules => {
  const reasons = unavailable(files, choice);
  const left = (rule: Rule): boolean => choice.off.has(rule.alert ?? '') || reasons.has(rule);
  const kept = Object.entries(files).flatMap(([name, groups]) => {
    const some = groups.flatMap(({ rules, labels, ...group }): RuleGroup[] => {
      const own = rules.filter((rule) => !left(rule));
      if (own.length === 0) return [];
      return [
        {
          ...group,
          ...(labels && { labels: mapped(labels, choice) }),
          rules: own.map((rule) => finished(rule, name, choice)),
        },
      ];
    });
    return some.length > 0 ? [[name, some] as const] : [];
  });
  return {
    ruleFiles: Object.fromEntries(kept),
    recorded: kept.flatMap(([, groups]) => rulesIn(groups).flatMap(({ record }) => record ?? [])),
    alerts: kept.flatMap(([, groups]) =>
      groups.flatMap(({ rules, labels }) =>
        rules.flatMap((rule) =>
          rule.alert === undefined ? [] : selected(rule.alert, rule, labels),
        ),
      ),
    ),
    omissions: Object.entries(files).flatMap(([file, groups]) =>
      rulesIn(groups).flatMap((rule): Omission[] => {
        const { alert, record = '' } = rule;
        const lack = reasons.get(rule);
        if (lack === undefined || choice.off.has(alert ?? '')) return [];
        const { names, ...why } = lack;
        const kind = alert ? 'alert' : 'recording rule';
        const absent = !choice.lack && firesAlways(rule) && { absent: names };
        return [{ kind, name: alert ?? record, ...why, ...absent, file }];
      }),
    ),
  };
};

/** Selects rules in LogQL: all, or none for the given reason. */
export const selectLogRules = (
  files: RuleFiles = {},
  choice: Pick<RuleChoice, 'off' | 'severities' | 'runbookOf'>,
  without?: string,
): SelectedRules =>
  selectRules(files, {
    ...choice,
    missing: () => undefined,
    recorded: [],
    ...(without !== undefined && { lack: { reason: without, names: [] } }),
  });

const rulesIn = (groups: readonly RuleGroup[]): Rule[] => groups.flatMap(({ rules }) => rules);

/** The rules that can have no result, with the reason: also those that only query such recordings. */
const unavailable = (
  files: RuleFiles,
  { missing, recorded, lack: ofAll }: RuleChoice,
): ReadonlyMap<Rule, Lack> => {
  const rules = rulesIn(Object.values(files).flat());
  if (ofAll) return new Map(rules.map((rule) => [rule, ofAll]));
  const reasons = new Map<Rule, Lack>();
  for (let before = -1; before < reasons.size; ) {
    before = reasons.size;
    const available = new Set([
      ...recorded,
      ...rules.flatMap((rule) => (rule.record && !reasons.has(rule) ? [rule.record] : [])),
    ]);
    for (const rule of rules) {
      // A check reports a rule that Prometheus rejects.
      if (reasons.has(rule) || isInvalid(rule)) continue;
      const lack = missing(rule.expr, available);
      if (lack === undefined) continue;
      const reason = firesAlways(rule) ? `it would always fire: ${lack.reason}` : lack.reason;
      reasons.set(rule, { ...lack, reason });
    }
  }
  return reasons;
};

const firesAlways = ({ alert, expr }: Rule): boolean => {
  const { expression } = analyse(expr);
  return alert !== undefined && expression !== undefined && detectsAbsence(expression);
};

const isInvalid = memoize(
  ({ expr, labels, annotations }: Rule): boolean =>
    analyse(expr).faults.length > 0 ||
    Object.values({ ...labels, ...annotations }).some(
      (text) => text.includes('{{') && readTemplate(text).faults.length > 0,
    ),
);

const mapped = (labels: NonNullable<Rule['labels']>, { severities }: RuleChoice) => {
  const { severity } = labels;
  const own = severity !== undefined && Object.hasOwn(severities, severity);
  return own ? { ...labels, severity: severities[severity]! } : labels;
};

const finished = (rule: Rule, file: string, choice: RuleChoice): Rule => {
  const { alert, labels, annotations } = rule;
  if (alert === undefined) return rule;
  const runbook = annotations?.runbook_url ? undefined : choice.runbookOf(file, alert);
  return {
    ...rule,
    ...(labels && { labels: mapped(labels, choice) }),
    ...(runbook && { annotations: { ...annotations, runbook_url: runbook } }),
  };
};

const selected = (
  alert: string,
  { labels = {}, annotations = {} }: Rule,
  ofGroup: Rule['labels'] = {},
): SelectedAlert => {
  const runbook = annotations.runbook_url ?? annotations.runbook;
  return {
    alert,
    severity: labels.severity ?? ofGroup.severity ?? '–',
    ...(runbook && { runbook }),
  };
};
