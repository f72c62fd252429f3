import { suggest } from '../../model/suggestion.js';
import type { Fault } from '../pod/fault.js';
import type { ShippedAlert } from './alert.js';
import { namedBy, type RouteMatcher } from './route.js';

/** What is wrong with a route. */
export interface RouteFault extends Fault {
  /** @default - an error */
  readonly severity?: 'warning';
}

/** What a matcher names that no alert has, be it its label or a value. */
export const misspeltIn = (
  matcher: RouteMatcher,
  alerts: readonly ShippedAlert[],
): RouteFault[] => {
  const { label, operator, value, path, text } = matcher;
  const known = alerts.map((alert) => alert.valuesOf(label));
  const written = (name: string, wanted: string): string => `${name}${operator}"${wanted}"`;
  if (known.every((values) => values?.every((one) => one === ''))) {
    const labels = new Set(alerts.flatMap((alert) => alert.labels()));
    const nearest = suggest(label, [...labels].sort());
    return [
      {
        path,
        message: `No alert that ships has a label '${label}'.`,
        value: text,
        remedy: 'Name a label that they have.',
        ...(nearest && { suggestion: written(nearest, value) }),
      },
    ];
  }
  if (known.includes(undefined)) return doubtful(matcher, alerts);
  const values = [...new Set(known.flatMap((one) => one ?? []))].filter((one) => one !== '').sort();
  return namedBy(matcher)
    .filter((one) => !values.includes(one))
    .map((one) => {
      const nearest = suggest(one, values);
      const parts = value === one ? [value] : value.split('|');
      const wanted = nearest && parts.map((part) => (part === one ? nearest : part));
      return {
        path,
        message: `No alert that ships has '${one}' as its label '${label}'.`,
        value: text,
        remedy:
          values.length > mostListed
            ? 'Name a value that one of them has.'
            : `Name one of ${values.join(', ')}.`,
        ...(wanted && { suggestion: written(label, wanted.join('|')) }),
      };
    });
};

const mostListed = 20;

/** A label that only series of which nothing is known may have, and that is nearly one that is set. */
const doubtful = (
  { label, operator, value, path, text }: RouteMatcher,
  alerts: readonly ShippedAlert[],
): RouteFault[] => {
  const set = [...new Set(alerts.flatMap(({ setLabels }) => setLabels))].sort();
  const nearest = suggest(label, set);
  if (!nearest || nearest === label) return [];
  if (alerts.some((alert) => alert.labels().includes(label))) return [];
  return [
    {
      severity: 'warning',
      path,
      message: `No alert that ships is known to have a label '${label}'.`,
      value: text,
      remedy: 'Correct it, or declare the metrics that have it where they are offered.',
      suggestion: `${nearest}${operator}"${value}"`,
    },
  ];
};
