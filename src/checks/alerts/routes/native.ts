import type { ShippedAlert } from './alert.js';
import type { RoutesFault } from './faults.js';
import { misspeltIn } from './misspelt.js';
import {
  alertsOf,
  mayPass,
  needsNoAlert,
  nobody,
  type Route,
  type RouteMatcher,
  routedTo,
  valuesIn,
} from './route.js';
import type { Inhibition, Routing } from './routing.js';

/** Faults of a configuration that others wrote, which can be for alerts of other senders too. */
export const nativeFaults = (
  { root, receivers, inhibitions }: Routing,
  alerts: readonly ShippedAlert[],
): RoutesFault[] => {
  const idle = idleIn(root.routes, alerts);
  const ends = endsIn(root.routes);
  const routed = new Set(routedTo(root));
  const unused = receivers.filter((name) => !routed.has(name) && name !== nobody);
  return [
    ...together('idle-routes', 'route.routes', idle, {
      message: `${idle.length} of ${countOf(root)} routes get no alert of the shipped rules.`,
    }),
    ...together('needless-continue', 'route.routes', ends, {
      message: 'No route follows on the same level, so continue has no effect.',
    }),
    ...uncertainIn(root.routes, alerts),
    ...together('unused-receivers', 'receivers', unused),
    ...unequal(inhibitions, alerts),
  ];
};

/** One finding for all values. */
const together = (
  fault: RoutesFault['fault'],
  path: string,
  values: readonly string[],
  more: Partial<RoutesFault> = {},
): RoutesFault[] => (values.length > 0 ? [{ path, fault, value: values.join(', '), ...more }] : []);

/** The user's routes that get none of the alerts, which match the parent routes in `above`. */
const idleIn = (
  routes: readonly Route[],
  alerts: readonly ShippedAlert[],
  above: readonly RouteMatcher[] = [],
): string[] =>
  routes.flatMap((route, index) => {
    if (route.written === undefined || needsNoAlert(route)) return [];
    const given = [...above, ...route.matchers];
    const { left } = alertsOf(routes.slice(0, index), given, alerts);
    return left.length > 0 ? idleIn(route.routes, left, given) : [route.written];
  });

/** The user's routes with `continue` that no route of the user follows, whoever sends the alerts. */
const endsIn = (routes: readonly Route[]): string[] => {
  const own = routes.filter(({ written }) => written !== undefined);
  return own.flatMap((route, index) => [
    ...(route.goesOn && index === own.length - 1 ? [`${route.written}.continue`] : []),
    ...endsIn(route.routes),
  ]);
};

/** Labels that are perhaps misspelt, although series of undeclared metrics can have them. */
const uncertainIn = (routes: readonly Route[], alerts: readonly ShippedAlert[]): RoutesFault[] =>
  routes.flatMap(({ path, written = path, matchers, routes: inner }) => [
    ...matchers
      .flatMap((matcher) => misspeltIn(matcher, alerts))
      .filter(({ fault }) => fault === 'uncertain-label')
      .map((found) => ({
        ...found,
        message: `No alert of the shipped rules is known to have the label in ${written}${found.path.slice(path.length)}.`,
      })),
    ...uncertainIn(inner, alerts),
  ]);

const countOf = ({ routes }: Route): number =>
  routes
    .filter(({ written }) => written !== undefined)
    .reduce((sum, one) => sum + 1 + countOf(one), 0);

/** Inhibition rules of which no two alerts have the same values of the labels in `equal`. */
const unequal = (
  inhibitions: readonly Inhibition[],
  alerts: readonly ShippedAlert[],
): RoutesFault[] =>
  inhibitions.flatMap(({ path, source, target, equal }): RoutesFault[] => {
    const sources = alerts.filter((alert) => mayPass(alert, source));
    const targets = alerts.filter((alert) => mayPass(alert, target));
    const label = equal.find((name) =>
      sources.every((one) =>
        targets.every((other) =>
          differ(valuesIn(one, name, source), valuesIn(other, name, target)),
        ),
      ),
    );
    if (label === undefined || sources.length === 0 || targets.length === 0) return [];
    return [
      {
        path: `${path}.equal`,
        fault: 'unequal-labels',
        message: `No alert that inhibits and alert to be inhibited have the same value of the label '${label}'.`,
        value: label,
      },
    ];
  });

const differ = (
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): boolean =>
  one !== undefined && other !== undefined && !one.some((value) => other.includes(value));
