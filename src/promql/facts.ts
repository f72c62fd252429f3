import type { Matcher } from './expression.js';
import { anything, eitherFact, fixed, type LabelFact, missing, selected } from './label-fact.js';

/** What is known about the labels of all series of a result, except for the name of the metric. */
export interface Facts {
  readonly labels: ReadonlyMap<string, LabelFact>;
  /** What is known about all other labels: nothing, or that no series has them. */
  readonly others: LabelFact;
}

/** Nothing is known. */
export const unknownFacts: Facts = { labels: new Map(), others: anything };

/** No series has a label. */
export const noLabels: Facts = { labels: new Map(), others: missing };

/** What is known about a label. */
export const factOf = ({ labels, others }: Facts, label: string): LabelFact =>
  labels.get(label) ?? others;

/** The facts with some labels replaced. */
export const withFacts = (
  { labels, others }: Facts,
  changed: Iterable<readonly [label: string, fact: LabelFact]>,
): Facts => ({ labels: new Map([...labels, ...changed]), others });

/** The facts with some labels set to constants, as the labels of a rule do. */
export const withConstants = (facts: Facts, constants: Readonly<Record<string, string>>): Facts =>
  withFacts(
    facts,
    // A template has any value.
    Object.entries(constants).map(([label, value]) => [
      label,
      value.includes('{{') ? anything : fixed(value),
    ]),
  );

/** Only these labels. */
export const only = (facts: Facts, labels: Iterable<string>): Facts => ({
  labels: new Map([...labels].map((label) => [label, factOf(facts, label)])),
  others: missing,
});

/** Without these labels. */
export const except = (facts: Facts, labels: Iterable<string>): Facts =>
  withFacts(
    facts,
    [...labels].map((label) => [label, missing]),
  );

/** The labels of which anything is known on either side. */
export const namesOf = (a: Facts, b: Facts): string[] => [
  ...new Set([...a.labels.keys(), ...b.labels.keys()]),
];

/** Both sides combined, label by label. */
export const combined = (
  a: Facts,
  b: Facts,
  combine: (a: LabelFact, b: LabelFact) => LabelFact,
): Facts => ({
  labels: new Map(
    namesOf(a, b).map((label) => [label, combine(factOf(a, label), factOf(b, label))]),
  ),
  others: combine(a.others, b.others),
});

/** The series of any of several sides. */
export const anyOf = (all: readonly Facts[]): Facts =>
  all.length === 0 ? unknownFacts : all.reduce((a, b) => combined(a, b, eitherFact));

/** The series that matchers select; nothing is known if they select none. */
export const selectedFacts = (facts: Facts, matchers: readonly Matcher[]): Facts => {
  let found = facts;
  for (const matcher of matchers) {
    if (matcher.label === '__name__') continue;
    const fact = selected(factOf(found, matcher.label), matcher);
    if (!fact) return unknownFacts;
    found = withFacts(found, [[matcher.label, fact]]);
  }
  return found;
};
