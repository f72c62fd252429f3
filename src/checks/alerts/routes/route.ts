import { matches } from '../../../promql/selector.js';
import type { Matcher } from '../../../schema/alertmanager/matcher.js';
import type { ShippedAlert } from './alert.js';

/** A matcher of a route, with its text in the file. */
export interface RouteMatcher extends Matcher {
  readonly text: string;
  readonly path: string;
}

/** A route of Alertmanager. */
export interface Route {
  readonly path: string;
  /** Its path in the options of the environment; undefined for a route that Crowsnest adds. */
  readonly written?: string;
  readonly receiver: string;
  readonly matchers: readonly RouteMatcher[];
  /** Whether later routes are also tried: the field `continue`. */
  readonly goesOn: boolean;
  readonly routes: readonly Route[];
}

// Alertmanager needs a receiver for alerts that notify nobody. This one may get no alert.
export const nobody = 'nobody';

/** The receiver that expects a regular signal, and reads no other alert. */
export const deadMansSwitch = 'dead-mans-switch';

// Crowsnest adds these routes. If all alerts with `reach: all` are disabled, the routes match nothing.
export const isToAll = ({ matchers: [one, ...others] }: Route): boolean =>
  others.length === 0 && one !== undefined && isReach(one);

const isReach = ({ label, operator, value }: RouteMatcher): boolean =>
  label === 'reach' && operator === '=' && value === 'all';

/** A route that silences alerts which do not exist does no harm. */
export const needsNoAlert = (route: Route): boolean =>
  isToAll(route) || (route.receiver === nobody && route.routes.length === 0);

/** The receivers of the routes, without those of the routes to all. */
export const routedTo = ({ receiver, routes }: Route): string[] => [
  receiver,
  ...routes.filter((one) => !isToAll(one)).flatMap(routedTo),
];

/** Whether it is possible that an alert matches all matchers. */
export const mayPass = (alert: ShippedAlert, matchers: readonly RouteMatcher[]): boolean =>
  matchers.every(({ label }) => {
    const left = valuesIn(alert, label, matchers);
    return !left || left.length > 0;
  });

/** Whether an alert that matches the first matchers always matches the others. */
export const mustPass = (
  alert: ShippedAlert,
  given: readonly RouteMatcher[],
  others: readonly RouteMatcher[],
): boolean =>
  others.every((other) => {
    if (given.some((one) => isSame(one, other))) return true;
    const left = valuesIn(alert, other.label, given);
    return left?.every((value) => passes(other, value) === true) ?? false;
  });

/** Possible values of a label of an alert that matches the matchers; undefined if any value is possible. */
export const valuesIn = (
  alert: ShippedAlert,
  label: string,
  matchers: readonly RouteMatcher[],
): string[] | undefined => {
  const about = matchers.filter((one) => one.label === label);
  const required = about.filter(({ operator }) => operator === '=').map(({ value }) => value);
  const values = alert.valuesOf(label) ?? (required.length > 0 ? required : undefined);
  return values?.filter((value) => about.every((one) => passes(one, value) !== false));
};

/** The alerts that match a route and its parents, and those of them that no route before it takes. */
export const alertsOf = (
  before: readonly Route[],
  given: readonly RouteMatcher[],
  alerts: readonly ShippedAlert[],
): { readonly matching: readonly ShippedAlert[]; readonly left: readonly ShippedAlert[] } => {
  const matching = alerts.filter((alert) => mayPass(alert, given));
  const taking = before.filter(({ goesOn }) => !goesOn);
  return {
    matching,
    left: matching.filter(
      (alert) => !taking.some(({ matchers }) => mustPass(alert, given, matchers)),
    ),
  };
};

/** The receivers of an alert, according to its known labels. */
export const receiversOf = (alert: ShippedAlert, route: Route): string[] => {
  const reached: string[] = [];
  for (const one of route.routes) {
    if (!mustPass(alert, [], one.matchers)) continue;
    reached.push(...receiversOf(alert, one));
    if (!one.goesOn) break;
  }
  return reached.length > 0 ? reached : [route.receiver];
};

const passes = (matcher: RouteMatcher, candidate: string): boolean | undefined =>
  matches(matcher, candidate);

const isSame = (a: RouteMatcher, b: RouteMatcher): boolean =>
  a.label === b.label && a.operator === b.operator && a.value === b.value;

/** The values in a matcher: one, or the alternatives `a|b` of a pattern; empty for other patterns. */
export const namedBy = ({ operator, value }: RouteMatcher): string[] => {
  const values = operator.endsWith('~')
    ? /^[\w:/ |-]*$/.test(value)
      ? value.split('|')
      : []
    : [value];
  return values.filter((one) => one !== '');
};
