import { analyse } from '../promql/analyse.js';
import { seconds } from '../promql/duration.js';
import { rangedIn } from '../promql/ranges.js';
import type { AlertGroup, Rules } from './alert-group.js';

const scrapes = 4;

/** The rules with ranges of at least four scrapes, so that a failed scrape leaves no gap. */
export const adapted = (rules: Rules, scrapeInterval: string): Rules => {
  const least = scrapes * (seconds(scrapeInterval) ?? 0);
  const change = <T extends { readonly expr: string }>(one: T): T => ({
    ...one,
    expr: withRanges(one.expr, least),
  });
  return {
    ...rules,
    ...(rules.recordings && { recordings: rules.recordings.map(change) }),
    alerts: rules.alerts.map(change),
  };
};

/** An expression in which the ranges of rates have at least so many seconds, in whole minutes. */
const withRanges = (expr: string, least: number): string => {
  const { expression } = analyse(expr);
  const short = (expression ? rangedIn(expression) : [])
    .filter(({ needs, range }) => needs === 2 && range < least)
    .map(({ selector }) => selector.to)
    .sort((a, b) => b - a);
  let text = expr;
  for (const to of short) {
    text = `${text.slice(0, text.lastIndexOf('[', to))}[${Math.ceil(least / 60)}m]${text.slice(to)}`;
  }
  return text;
};

/** The rules of a group for an environment that scrapes at this interval; unchanged if it does not ask for that. */
export const adaptedTo = (
  interval: string | undefined,
  { adaptRanges }: AlertGroup,
  rules: Rules,
): Rules => (adaptRanges && interval !== undefined ? adapted(rules, interval) : rules);
