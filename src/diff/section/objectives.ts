import { type Change, type Detail, kindOf } from '../change.js';
import { type Json, record } from '../untyped.js';

/** The rules that measure an objective, by what identifies it. */
type Measured = ReadonlyMap<string, readonly Json[]>;

/** The name of the objective that a recording rule measures; undefined for other rules. */
export const objectiveOf = ({ record: name, labels }: Json): string | undefined => {
  const { namespace, service, slo } = record(labels);
  if (!`${name}`.startsWith('slo:') || slo === undefined || service === undefined) return undefined;
  return `${slo} of ${namespace === undefined ? '' : `${namespace}/`}${service}`;
};

/** What an objective states, by the rule that records it, and how its value is shown. */
const stated: Readonly<Record<string, readonly [what: string, text: (value: string) => string]>> = {
  'slo:objective:ratio': ['target', (value) => `${Number((Number(value) * 100).toFixed(6))} %`],
  'slo:time_period:days': ['period', (value) => `${value} days`],
  'slo:minimum_errors:count': ['minimum errors', String],
};

/** Rules whose values follow from what is stated. */
const following = /^slo:(error_budget:ratio|alert_threshold:ratio)$/;

/** The objectives that differ, each as one change, however many rules measure it. */
export const objectives = (before: Measured, after: Measured): Change[] =>
  [...new Set([...before.keys(), ...after.keys()])].toSorted().flatMap((name): Change[] => {
    const [old, fresh] = [before.get(name), after.get(name)];
    const base = {
      section: 'alerts',
      kind: kindOf(old, fresh),
      subject: `objective ${name}`,
    } as const;
    const facts = Object.entries(stated).flatMap(([rule, [what, text]]): Detail[] =>
      detail(what, textIn(old, rule, text), textIn(fresh, rule, text)),
    );
    if (!old || !fresh) {
      return [
        { ...base, details: [...facts, ...detail('recording rules', count(old), count(fresh))] },
      ];
    }
    const details = [...facts, ...others(old, fresh)];
    return details.length > 0 ? [{ ...base, details }] : [];
  });

const count = (rules: readonly Json[] | undefined): string | undefined =>
  rules && `${rules.length}`;

const detail = (what: string, before: string | undefined, after: string | undefined): Detail[] =>
  before === after
    ? []
    : [{ what, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];

/** The value that a rule of an objective records, if it is a number. */
const textIn = (
  rules: readonly Json[] | undefined,
  name: string,
  text: (value: string) => string,
): string | undefined => {
  const expr = rules?.find((rule) => rule.record === name)?.expr;
  const [, value] = /^vector\(([\d.e+-]+)\)$/.exec(`${expr}`) ?? [];
  return value === undefined ? undefined : text(value);
};

/** The counters and other expressions that differ: one detail for each, or their number if there are many. */
const others = (before: readonly Json[], after: readonly Json[]): Detail[] => {
  const [old, fresh] = [before, after].map(
    (rules) => new Map(rules.map((rule) => [keyOf(rule), JSON.stringify(rule)])),
  ) as [Map<string, string>, Map<string, string>];
  const differing = [...new Set([...old.keys(), ...fresh.keys()])].filter(
    (key) => old.get(key) !== fresh.get(key),
  );
  const rest = differing.filter(
    (key) => !(key.split(' ')[0]! in stated) && !following.test(key.split(' ')[0]!),
  );
  const counted = rest.filter((key) => /^slo:sli_(errors|total):/.test(key));
  const exprOf = (rules: readonly Json[], key: string) => {
    const found = rules.find((rule) => keyOf(rule) === key)?.expr;
    return found === undefined ? undefined : `${found}`;
  };
  const known = counted.flatMap((key) =>
    detail(`expr of ${key.split(' ')[0]}`, exprOf(before, key), exprOf(after, key)),
  );
  const more = rest.length - known.length;
  return [
    ...known,
    ...(more > 0 ? [{ what: `${more} other recording rule${more === 1 ? '' : 's'}` }] : []),
  ];
};

/** A rule among those of its objective. */
const keyOf = (rule: Json): string => {
  const { window } = record(rule.labels);
  return `${rule.record} ${window ?? ''}`;
};
