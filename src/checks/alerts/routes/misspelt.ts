import { suggest } from '../../../model/suggestion.js';
import type { ShippedAlert } from './alert.js';
import type { RoutesFault } from './faults.js';
import { namedBy, type RouteMatcher } from './route.js';

/** A label or a value of a matcher that no alert has. */
export const misspeltIn = (
  matcher: RouteMatcher,
  alerts: readonly ShippedAlert[],
): RoutesFault[] => {
  const { label, operator, value, path, text } = matcher;
  const known = alerts.map((alert) => alert.valuesOf(label));
  const written = (name: string, wanted: string): string => `${name}${operator}"${wanted}"`;
  if (known.every((values) => values?.every((one) => one === ''))) {
    const labels = new Set(alerts.flatMap((alert) => alert.labels()));
    const nearest = suggest(label, [...labels].sort());
    return [
      {
        path,
        fault: 'unknown-label',
        message: `No alert of the shipped rules has the label '${label}'.`,
        value: text,
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
        fault: 'unknown-value',
        message: `No alert of the shipped rules has the value '${one}' of the label '${label}'.`,
        value: text,
        remedy:
          values.length > mostListed
            ? 'Use a value that an alert has.'
            : `Use one of ${values.join(', ')}.`,
        ...(wanted && { suggestion: written(label, wanted.join('|')) }),
      };
    });
};

const mostListed = 20;

/** A label that only series of undeclared metrics can have, and that is similar to a known label. */
const doubtful = (
  { label, operator, value, path, text }: RouteMatcher,
  alerts: readonly ShippedAlert[],
): RoutesFault[] => {
  const set = [...new Set(alerts.flatMap(({ setLabels }) => setLabels))].sort();
  const nearest = suggest(label, set);
  if (!nearest || nearest === label) return [];
  if (alerts.some((alert) => alert.labels().includes(label))) return [];
  return [
    {
      path,
      fault: 'uncertain-label',
      message: `No alert of the shipped rules is known to have the label '${label}'.`,
      value: text,
      suggestion: `${nearest}${operator}"${value}"`,
    },
  ];
};
