import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { once } from '../model/once.js';
import { suggest } from '../model/suggestion.js';
import { readTemplate } from '../schema/template.js';
import { findingAt, type Query, queriesIn } from './query/query.js';
import type { Rule } from './query/rule.js';
import { labelsOf, type SeriesIndex, seriesIn } from './query/series.js';

type Result = Omit<Finding, 'check'>;

/** A query of a rule's. */
type RuleQuery = Query & { readonly rule: Rule };

const check: Check = {
  summary:
    'Every recording rule that is asked for is there once, needs none that needs it, and (of what ships) is asked for; the templates of alerts parse, and the labels that they name survive the expression.',
  run: (input) => {
    const queries = queriesIn(input);
    const rules = queries.filter((query): query is RuleQuery => query.rule !== undefined);
    const index = seriesIn(input);
    return [
      ...queries.flatMap((query) => undefinedRules(query, index)),
      ...twice(rules),
      ...unused(rules, queries),
      ...cycles(rules, index),
      ...rules.flatMap((query) => badTemplates(query, index)),
    ];
  },
};

export default check;

const isRecorded = (metric: string | undefined): metric is string => metric?.includes(':') === true;

const undefinedRules = once((query: Query, { recordings }: SeriesIndex): Result[] =>
  query.analysis.selectors.flatMap(({ metric, metricSpan }) =>
    isRecorded(metric) && !recordings.has(metric)
      ? [
          findingAt(query, metricSpan!, {
            severity: 'error',
            message: 'No recording rule makes this series.',
            remedy: 'Ask for one that is there, or record it.',
            suggestion: suggest(metric, [...recordings.keys()]),
          }),
        ]
      : [],
  ),
);

const twice = (rules: readonly RuleQuery[]): Result[] => {
  const seen = new Map<string, RuleQuery>();
  return rules.flatMap((query) => {
    const { kind, name, labels } = query.rule;
    const key = JSON.stringify([kind, name, Object.entries(labels).sort()]);
    const first = seen.get(key);
    if (!first) seen.set(key, query);
    return first
      ? [
          {
            severity: 'error',
            place: query.placeOf(),
            message: `There is such ${kind === 'alert' ? 'an alert' : 'a recording rule'} already, with the same labels, in ${first.placeOf().file ?? first.rule.file}.`,
            value: name,
            remedy: 'Give one of them another name, or leave it out.',
          },
        ]
      : [];
  });
};

const unused = (rules: readonly RuleQuery[], queries: readonly Query[]): Result[] => {
  const asked = new Set(
    queries.flatMap(({ analysis }) => analysis.selectors.map(({ metric }) => metric)),
  );
  return rules
    .filter(({ rule, shipped }) => shipped && rule.kind === 'record' && !asked.has(rule.name))
    .map((query) => ({
      severity: 'error',
      place: query.placeOf(),
      message: 'No rule and no dashboard asks for what this rule records.',
      value: query.rule.name,
      remedy: 'Leave it out, or ask for it.',
    }));
};

/** One finding for each rule that comes to itself again. */
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
    .filter(({ rule }) => rule.kind === 'record')
    .flatMap((query) => {
      const way = wayBack(query.rule.name);
      return way
        ? [
            {
              severity: 'error' as const,
              place: query.placeOf(),
              message: `The recording rule needs itself: ${[query.rule.name, ...way].join(' needs ')}.`,
              value: query.rule.name,
              remedy: 'Break the circle.',
            },
          ]
        : [];
    });
};

const badTemplates = once((query: RuleQuery, index: SeriesIndex): Result[] => {
  const { rule } = query;
  const texts = [...Object.entries(rule.annotations), ...Object.entries(rule.labels)];
  const templates = texts
    .filter(([, text]) => text.includes('{{'))
    .map(([key, text]) => ({ key, ...readTemplate(text) }));
  if (templates.length === 0) return [];
  const labels = labelsOf(query, index);
  return templates.flatMap(({ key, labels: asked, faults }) => {
    const missing = asked.filter((label) => labels && !labels.has(label));
    if (faults.length + missing.length === 0) return [];
    const place = { ...query.placeOf(), path: `${query.asker}, ${key}` };
    return [
      ...faults.map(
        ({ message, value, known = [] }): Result => ({
          severity: 'error',
          place,
          message: `The template does not parse: ${message}`,
          value,
          remedy: 'Correct the template.',
          suggestion: suggest(value, known),
        }),
      ),
      ...missing.map(
        (label): Result => ({
          severity: 'error',
          place,
          message: `The label '${label}' does not survive the expression: the template puts nothing in its place.`,
          value: `{{ $labels.${label} }}`,
          remedy: `Keep it in the expression; what is left is ${[...labels!].sort().join(', ') || 'none'}.`,
          suggestion: suggest(label, [...labels!]),
        }),
      ),
    ];
  });
});
