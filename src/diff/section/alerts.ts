import { type Change, type Detail, kindOf } from '../change.js';
import type { Comparison } from '../comparison.js';
import { detailsOf, differences } from '../differences.js';
import { type Json, record, records } from '../untyped.js';
import { objectiveOf, objectives } from './objectives.js';

type Rule = Readonly<Record<string, unknown>>;

/** Alerts and recording rules, by their names, wherever they are; those that measure an objective as one change. */
export const alerts = ({ files }: Comparison): Change[] => {
  const rulesOn = (side: 'before' | 'after', key: (rule: Rule) => string | undefined) => {
    const found = new Map<string, Rule[]>();
    for (const { [side]: file } of files) {
      if (file?.kind !== 'rules') continue;
      for (const rule of records(file.value.groups).flatMap(rulesOfGroup)) {
        const name = key(rule);
        if (name !== undefined) found.set(name, [...(found.get(name) ?? []), rule]);
      }
    }
    return found;
  };
  const single = (rule: Rule) => (objectiveOf(rule) === undefined ? nameOf(rule) : undefined);
  const [before, after] = [rulesOn('before', single), rulesOn('after', single)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const singles = names.flatMap((name) => {
    const sides = [before.get(name) ?? [], after.get(name) ?? []] as const;
    const distinct = distinctLabels(sides);
    return paired(...sides).flatMap(([old, fresh]): Change[] => {
      const subject = `${name}${matchersOf((fresh ?? old)!, distinct)}`;
      const base = { section: 'alerts', kind: kindOf(old, fresh), subject } as const;
      if (!old || !fresh) return [{ ...base, details: opening(old, fresh) }];
      const details = detailsOf(differences(flat(old), flat(fresh))).map(withoutPage);
      return details.length > 0 ? [{ ...base, details }] : [];
    });
  });
  return [...objectives(rulesOn('before', objectiveOf), rulesOn('after', objectiveOf)), ...singles];
};

const labelsOf = (rule: Rule): Readonly<Record<string, unknown>> => record(rule.labels);

/** The labels that distinguish rules of one name; none if each side has only one such rule. */
const distinctLabels = (sides: readonly (readonly Rule[])[]): string[] => {
  if (sides.every((rules) => rules.length < 2)) return [];
  const all = sides.flat().map(labelsOf);
  const names = [...new Set(all.flatMap((labels) => Object.keys(labels)))].sort();
  return names.filter((name) => new Set(all.map((labels) => labels[name])).size > 1);
};

/** The values of labels as in PromQL. */
const matchersOf = (rule: Rule, names: readonly string[]): string => {
  const labels = labelsOf(rule);
  const given = names.filter((name) => labels[name] !== undefined);
  if (given.length === 0) return '';
  return `{${given.map((name) => `${name}=${JSON.stringify(labels[name])}`).join(', ')}}`;
};

/** A link without the page, if only what is before it differs: that is the same change for all alerts. */
const withoutPage = (detail: Detail): Detail => {
  const { what, before, after } = detail;
  if (!what.endsWith('_url') || before === undefined || after === undefined) return detail;
  const [old, fresh] = [before.split('/'), after.split('/')];
  while (old.length > 1 && fresh.length > 1 && old.at(-1) === fresh.at(-1)) {
    old.pop();
    fresh.pop();
  }
  return { what, before: old.join('/'), after: fresh.join('/') };
};

const rulesOfGroup = ({ rules, interval }: Json): Rule[] =>
  records(rules).map((rule) => (interval === undefined ? { ...rule } : { ...rule, interval }));

const nameOf = (rule: Rule): string =>
  rule.alert === undefined ? `recording rule ${rule.record}` : `${rule.alert}`;

/** The fields that a reviewer looks for, under their own names. */
const flat = (rule: Rule): Rule => {
  const { labels, annotations, alert: _, record: __, ...fields } = rule;
  return { ...fields, ...record(labels), ...record(annotations) };
};

const opening = (old: Rule | undefined, fresh: Rule | undefined) => {
  const { severity, expr, for: duration } = flat((fresh ?? old)!);
  const fields = { severity, for: duration, expr };
  return detailsOf(differences(old && fields, fresh && fields).flatMap(fieldsOf));
};

const fieldsOf = ({ before, after }: { before?: unknown; after?: unknown }) =>
  Object.entries((after ?? before) as Rule)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({
      path: [name],
      ...(after === undefined ? { before: value } : { after: value }),
    }));

/** Rules of the same name: equal ones together, then those of the same labels or severity, then the others in order. */
const paired = (before: readonly Rule[], after: readonly Rule[]) => {
  const rest = [...before];
  const take = (isSame: (rule: Rule) => boolean): Rule | undefined => {
    const index = rest.findIndex(isSame);
    return index < 0 ? undefined : rest.splice(index, 1)[0];
  };
  const severity = (rule: Rule) => flat(rule).severity;
  const pairs = new Map<Rule, Rule | undefined>();
  for (const isSame of [
    (a: Rule, b: Rule) => JSON.stringify(a) === JSON.stringify(b),
    (a: Rule, b: Rule) => JSON.stringify(labelsOf(a)) === JSON.stringify(labelsOf(b)),
    (a: Rule, b: Rule) => severity(a) === severity(b),
    () => true,
  ]) {
    for (const rule of after) {
      if (!pairs.get(rule))
        pairs.set(
          rule,
          take((one) => isSame(one, rule)),
        );
    }
  }
  return [
    ...after.map((rule) => [pairs.get(rule), rule] as const),
    ...rest.map((rule) => [rule, undefined] as const),
  ];
};
