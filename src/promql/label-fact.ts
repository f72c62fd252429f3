import type { Matcher } from './expression.js';
import { matches } from './selector.js';

/** What is known about one label of all series of a result. */
export interface LabelFact {
  /** Whether a series may lack the label. */
  readonly absent: boolean;
  /** Its possible values; none if no series has the label. @default - any value */
  readonly values?: ReadonlySet<string>;
  /** Matchers that all its values pass. */
  readonly matchers?: readonly Matcher[];
  /** Whether some series are known to have it. @default false */
  readonly known?: true;
}

/** A label of which nothing is known. */
export const anything: LabelFact = { absent: true };

/** A label that no series has. */
export const missing: LabelFact = { absent: true, values: new Set() };

/** A label that series are known to have, but perhaps not all of them. */
export const possible: LabelFact = { absent: true, known: true };

/** A label that all series have. */
export const present: LabelFact = { absent: false, known: true };

/** A label with the same value in all series; the empty value is no label. */
export const fixed = (value: string): LabelFact =>
  value === '' ? missing : { absent: false, values: new Set([value]), known: true };

/** Whether all series have the same value of the label, or none has it. */
export const isConstant = ({ absent, values }: LabelFact): boolean =>
  values !== undefined && values.size + (absent ? 1 : 0) <= 1;

/** The label in the series that a matcher selects; undefined if it selects none. */
export const selected = (fact: LabelFact, matcher: Matcher): LabelFact | undefined => {
  const values = fact.values ?? valuesOf(matcher);
  const found: LabelFact = {
    absent: fact.absent && matches(matcher, '') !== false,
    ...(values
      ? {
          values: new Set(
            [...values].filter((one) => passes(fact, one) && passesOne(matcher, one)),
          ),
        }
      : { matchers: [...(fact.matchers ?? []), matcher] }),
    ...(fact.known && { known: true }),
  };
  return found.absent || found.values?.size !== 0 ? found : undefined;
};

const passesOne = (matcher: Matcher, value: string): boolean => matches(matcher, value) !== false;

const passes = ({ matchers = [] }: LabelFact, value: string): boolean =>
  matchers.every((one) => passesOne(one, value));

/** The values that a matcher names; undefined if it allows any others. */
export const valuesOf = ({ operator, value }: Matcher): readonly string[] | undefined => {
  const list =
    operator === '=' ? [value] : operator === '=~' ? alternatives(value)?.split('|') : undefined;
  return list?.filter((one) => one !== '');
};

/** A pattern that is only a list of texts, without parentheses around it. */
const alternatives = (pattern: string): string | undefined => {
  const list = /^(?:\((?:\?:)?([^()]*)\)|([^()]*))$/.exec(pattern);
  const text = list?.[1] ?? list?.[2];
  return text !== undefined && !/[\\.*+?[\]{}^$]/.test(text) ? text : undefined;
};

/** Whether a series of each side can have the same value, or both can lack the label. */
export const canAgree = (a: LabelFact, b: LabelFact): boolean => {
  if (a.absent && b.absent) return true;
  const { values } = common(a, b);
  return values === undefined || values.size > 0;
};

/** Whether only one side is known to have series with the label: only its other series can match. */
export const isOneSided = (a: LabelFact, b: LabelFact): boolean =>
  (isMissing(a) && b.known === true) || (isMissing(b) && a.known === true);

/** Whether no series has the label. */
export const isMissing = ({ values }: LabelFact): boolean => values?.size === 0;

/** The label where both sides have the same value. */
export const common = (a: LabelFact, b: LabelFact): LabelFact => {
  const [finite, other] = a.values ? [a, b] : [b, a];
  const absent = a.absent && b.absent;
  const known = { ...(a.known && b.known && { known: true as const }) };
  if (!finite.values) {
    return { absent, matchers: [...(a.matchers ?? []), ...(b.matchers ?? [])], ...known };
  }
  const values = [...finite.values].filter((one) => other.values?.has(one) ?? passes(other, one));
  return { absent, values: new Set(values), ...known };
};

/** The label in the series of either side. */
export const eitherFact = (a: LabelFact, b: LabelFact): LabelFact => ({
  absent: a.absent || b.absent,
  ...(a.values && b.values && { values: new Set([...a.values, ...b.values]) }),
  ...((a.known || b.known) && { known: true }),
});
