import { type CheckInput, defineCheck } from '../../model/check.js';
import { memoize } from '../../model/memoize.js';
import { meantTexts, suggest } from '../../model/suggestion.js';
import { readTemplate } from '../../schema/template.js';
import { isFromElsewhere } from '../support/query/job.js';
import { logRulesIn } from '../support/query/loki-query.js';
import { faultAt, oncePerFile, type Query, queriesIn } from '../support/query/query.js';
import type { ShippedRule } from '../support/query/rule.js';
import { labelsOf, type SeriesIndex, seriesIn } from '../support/query/series.js';
import { faults, type Result } from './rules/faults.js';
import { unreachableQuantiles } from './rules/quantile.js';
import { wrongUnits } from './rules/unit.js';
import { valueLabels } from './rules/value-label.js';

/** A query of a rule. */
type RuleQuery = Query & { readonly rule: ShippedRule };

/** A rule in PromQL or LogQL, as far as its templates. */
type TemplateRule = Pick<RuleQuery, 'rule' | 'placeOf' | 'usedIn' | 'imported'>;

const check = defineCheck({
  faults,
  summary:
    'Every recording that is used exists and does not depend on itself. The templates of alerts can be parsed, the expression keeps the labels that they use, and they write its value in its unit. No label of an alert has its value.',
  run: (input) => {
    const queries = queriesIn(input);
    const rules = queries.filter((query): query is RuleQuery => query.rule !== undefined);
    const index = seriesIn(input);
    return [
      ...queries.flatMap((query) => undefinedRules(query, index)),
      ...twice(rules, index),
      ...cycles(rules, index),
      ...rules.flatMap((query) => badTemplates(query, index)),
      ...logRulesIn(input).flatMap(invalidTemplates),
      ...lostInImported(
        rules.filter(({ imported }) => imported),
        index,
      ),
      ...rules.flatMap(unreachableQuantiles),
      ...rules.flatMap((query) => wrongUnits(query, index)),
      ...rules.flatMap((query) => incomplete(query, input.sources)),
      ...oncePerFile(rules, (query) => valueLabels(query as RuleQuery, input.sources)),
    ];
  },
});

export default check;

const isRecorded = (metric: string | undefined): metric is string => metric?.includes(':') === true;

/** Of our own content; the check `metrics` counts those that imported content queries. */
const undefinedRules = memoize((query: Query, { recordings, jobs }: SeriesIndex): Result[] => {
  if (query.imported || jobs.some(isFromElsewhere)) return [];
  return query.analysis.selectors.flatMap(({ metric, metricSpan }) =>
    isRecorded(metric) && !recordings.has(metric) && !query.ofRunbook?.recordings.has(metric)
      ? [
          faultAt(query, metricSpan!, {
            fault: 'undefined-recording',
            suggestion: suggest(metric, [...recordings.keys()]),
          }),
        ]
      : [],
  );
});

/**
 * Rules with the same name and labels. Prometheus accepts them; promtool's linter warns. It is an error
 * only if two recordings surely write the same series.
 */
const twice = (rules: readonly RuleQuery[], index: SeriesIndex): Result[] => {
  const seen = new Map<string, RuleQuery>();
  return rules.flatMap((query) => {
    const { alert, name, labels } = query.rule;
    const key = JSON.stringify([alert, name, Object.entries(labels).sort()]);
    const first = seen.get(key);
    if (!first) seen.set(key, query);
    return first
      ? [
          {
            place: query.placeOf(),
            fault: 'duplicate-rule',
            ...(alert === undefined &&
              !query.imported &&
              isSameSeries(first, query, index) && { severity: 'error' }),
            message: `${first.placeOf().file ?? first.rule.file} has ${alert === undefined ? 'a recording rule' : 'an alert'} with the same name and labels.`,
            value: name,
          },
        ]
      : [];
  });
};

/** Whether two recordings with the same name and labels surely have the same series. */
const isSameSeries = (a: RuleQuery, b: RuleQuery, index: SeriesIndex): boolean =>
  a.expr === b.expr || [a, b].every((query) => labelsOf(query, index)?.size === 0);

/** Alerts in TypeScript are written with what their format requires, and a link if they have a runbook. */
const incomplete = (
  { rule, imported, placeOf }: RuleQuery,
  sources: CheckInput['sources'],
): Result[] => {
  const source = sources[`alerts/${rule.file}`];
  if (rule.alert === undefined || imported || !source?.shipped) return [];
  const links = source.runbook?.alerts().includes(rule.alert) ? ['runbook_url'] : [];
  const lacking = [
    ...['severity', 'subject'].filter((label) => !rule.labels[label]),
    ...['summary', 'description', ...links].filter((name) => !rule.annotations[name]),
  ];
  if (lacking.length === 0) return [];
  const message = `${rule.name} has no ${lacking.join(', no ')}.`;
  return [{ place: placeOf(), fault: 'incomplete-alert', message, value: lacking[0] }];
};

/** One finding for each recording rule that depends on itself. */
const cycles = (rules: readonly RuleQuery[], { recordings }: SeriesIndex): Result[] => {
  const needs = (name: string): string[] =>
    (recordings.get(name) ?? []).flatMap(({ analysis }) =>
      analysis.selectors.flatMap(({ metric }) =>
        metric !== undefined && recordings.has(metric) ? [metric] : [],
      ),
    );
  const wayBack = (name: string): string[] | undefined => {
    const ways = needs(name).map((need) => [need]);
    const seen = new Set<string>();
    for (let way = ways.shift(); way; way = ways.shift()) {
      const last = way.at(-1)!;
      if (last === name) return way;
      if (seen.has(last)) continue;
      seen.add(last);
      ways.push(...needs(last).map((need) => [...way!, need]));
    }
    return undefined;
  };
  return rules
    .filter(({ rule }) => rule.alert === undefined)
    .flatMap((query) => {
      const way = wayBack(query.rule.name);
      return way
        ? [
            {
              place: query.placeOf(),
              fault: 'recording-cycle',
              ...(query.imported && { severity: 'warning' }),
              message: `The recording rule depends on itself: ${[query.rule.name, ...way].join(' → ')}.`,
              value: query.rule.name,
            },
          ]
        : [];
    });
};

const templatesOf = memoize(({ rule }: TemplateRule) =>
  [...Object.entries(rule.annotations), ...Object.entries(rule.labels)]
    .filter(([, text]) => text.includes('{{'))
    .map(([key, text]) => ({ key, ...readTemplate(text) })),
);

const badTemplates = memoize((query: RuleQuery, index: SeriesIndex): Result[] => [
  ...invalidTemplates(query),
  ...(query.imported ? [] : lostLabels(query, index).map(({ result }) => result)),
]);

const invalidTemplates = (query: TemplateRule): Result[] =>
  templatesOf(query).flatMap(({ key, faults }) =>
    faults.map(
      ({ message, value, fails, written, known = [] }): Result => ({
        place: { ...query.placeOf(), path: `${query.usedIn}, ${key}` },
        fault: 'invalid-template',
        ...(written && query.imported && { severity: 'warning' }),
        message: `The template ${written ? 'writes an error into its text' : fails ? 'fails' : 'cannot be parsed'}: ${message}`,
        value,
        suggestion: suggest(value, known),
      }),
    ),
  );

interface Lost {
  readonly query: RuleQuery;
  readonly label: string;
  readonly result: Result;
}

const lostLabels = memoize((query: RuleQuery, index: SeriesIndex): Lost[] => {
  const templates = templatesOf(query);
  const labels = templates.length > 0 ? labelsOf(query, index) : undefined;
  if (!labels) return [];
  return templates.flatMap(({ key, labels: used }) =>
    used
      .filter((label) => !labels.has(label))
      .map((label) => {
        const { selectors, varies } = query.analysis;
        const isRemoved = selectors.some((one) => index.of(one, varies)?.labels?.has(label));
        const others = [...labels].sort().join(', ');
        const instead = others ? `use one of ${others}` : 'remove it from the template';
        const result: Result = {
          place: { ...query.placeOf(), path: `${query.usedIn}, ${key}` },
          fault: 'lost-label',
          message: isRemoved
            ? `The expression removes the label '${label}', which the template uses.`
            : `The series have no label '${label}', which the template uses.`,
          value: `{{ $labels.${label} }}`,
          remedy: isRemoved
            ? `Keep it in the expression, or ${instead}.`
            : `${instead.charAt(0).toUpperCase()}${instead.slice(1)}.`,
          suggestion: suggest(label, [...labels]),
        };
        return { query, label, result };
      }),
  );
});

const mostNamed = 3;

const alertsNamed = (names: readonly string[]): string => {
  const rest = names.length - mostNamed;
  const named = names.slice(0, mostNamed).join(', ');
  return names.length === 1
    ? `the alert ${named}`
    : `${names.length} alerts (${named}${rest > 0 ? ` and ${rest} more` : ''})`;
};

/** One warning for each file of others: their clusters may have labels that this one does not have. */
const lostInImported = (rules: readonly RuleQuery[], index: SeriesIndex): Result[] => {
  const files = new Map<string, Lost[]>();
  for (const one of rules.flatMap((query) => lostLabels(query, index))) {
    const name = one.query.owner.file ?? '';
    files.set(name, [...(files.get(name) ?? []), one]);
  }
  return [...files.values()].map(([first, ...others]): Result => {
    const { query, result } = first!;
    if (others.length === 0) return { ...result, severity: 'warning' };
    const all = [first!, ...others];
    const labels = [...new Set(all.map(({ label }) => label))].sort();
    const [label] = labels;
    const meant = all.flatMap((one) =>
      one.result.suggestion === undefined ? [] : [[one.label, one.result.suggestion] as const],
    );
    const { message, ...texts } = meantTexts(Object.fromEntries(meant));
    const names = [...new Set(all.map((one) => one.query.rule.name))];
    const what = labels.length === 1 ? `the label ${label}` : `labels (${labels.join(', ')})`;
    return {
      place: query.placeOf(),
      fault: 'lost-label',
      severity: 'warning',
      message: `The texts of ${alertsNamed(names)} use ${what} that the results of their expressions do not have here.${message}`,
      ...texts,
      ...(names.length === 1 && { remedy: result.remedy }),
    };
  });
};
