import type { Finding, Place } from '../model/finding.js';
import { isStyleOfOthers } from './style.js';

/** The largest number of places that each get their own finding. */
const mostSeparate = 3;

/**
 * Findings in report order: the same finding of several environments, and equal faults at many places, become one;
 * findings of one file are together, in line order.
 */
export const arrange = (findings: readonly Finding[]): Finding[] =>
  [...groupBy(joined(distinct(findings)), ({ place }) => place.file ?? '').values()].flatMap(
    (ofFile) =>
      [...ofFile].sort((a, b) => (a.place.line ?? Infinity) - (b.place.line ?? Infinity) || 0),
  );

/** A file of an application is read for each environment. */
const distinct = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((one) => [JSON.stringify(one), one])).values(),
];

const joined = (findings: readonly Finding[]): Finding[] =>
  [...groupBy(findings, causeOf).values()].flatMap((group) => {
    const [first, ...others] = group;
    return first && group.length > (isStyleOfOthers(first) ? 1 : mostSeparate)
      ? [{ ...first, others: others.map(({ place }) => withoutEnvironment(place)) }]
      : group;
  });

/**
 * A key that is equal for findings with the same cause: everything except the place. Each environment has its own
 * options, so that one about an option also has its file.
 */
const causeOf = (one: Finding): string => {
  const { place, ...finding } = one;
  const { environment, file } = place;
  if (isStyleOfOthers(one)) return JSON.stringify([environment, file, finding.code]);
  const where = finding.code.startsWith('config/') ? file : undefined;
  return JSON.stringify({ environment, where, ...finding });
};

const withoutEnvironment = ({ environment: _, ...place }: Place): Place => place;

const groupBy = <T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
};
