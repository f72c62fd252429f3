import type { CheckInput } from '../../../model/check.js';
import type { Manifest } from '../../../model/manifest.js';
import { matches } from '../../../promql/selector.js';
import { engine } from '../../../schema/alertmanager/engine.js';
import { type Matcher, matcherText, readMatchers } from '../../../schema/alertmanager/matcher.js';
import { type FileValue, fileValue } from '../../../schema/file-value.js';
import { filesOfKind } from '../../support/file.js';
import type { ShippedAlert } from './alert.js';

/** A matcher of a route, with its text in the file. */
export interface RouteMatcher extends Matcher {
  readonly text: string;
  readonly path: string;
}

/** A route of Alertmanager. */
export interface Route {
  readonly path: string;
  readonly receiver: string;
  readonly matchers: readonly RouteMatcher[];
  /** Whether later routes are also tried: the field `continue`. */
  readonly goesOn: boolean;
  readonly routes: readonly Route[];
}

/** An inhibition rule: alerts that mute others. */
export interface Inhibition {
  readonly path: string;
  readonly source: readonly RouteMatcher[];
  readonly target: readonly RouteMatcher[];
  readonly equal: readonly string[];
}

/** The routes, receivers and inhibition rules of a configuration file of Alertmanager. */
export interface Routing {
  readonly manifest: Manifest;
  /** Whether a user wrote a part of it: it can be for alerts of other senders too. */
  readonly native: boolean;
  readonly root: Route;
  /** Names of the receivers, in the order of the file. */
  readonly receivers: readonly string[];
  readonly inhibitions: readonly Inhibition[];
}

const kinds = ['alertmanager-config', 'alertmanager-native-config'] as const;

/** The routing of each configuration file of Alertmanager. */
export const routingsIn = (input: CheckInput): Routing[] =>
  kinds.flatMap((kind) =>
    filesOfKind(input, kind).map(({ value, manifest }) => {
      const file = fileValue(engine.types, 'config.Config', value) ?? {};
      const { receivers = [], route = {}, inhibit_rules = [] } = file;
      return {
        manifest,
        native: kind === 'alertmanager-native-config',
        receivers: receivers.flatMap(({ name }) => name ?? []),
        root: routeOf(route, 'route', ''),
        inhibitions: inhibit_rules.map((rule, index): Inhibition => {
          const path = `inhibit_rules[${index}]`;
          return {
            path,
            source: allMatchers(
              rule.source_matchers,
              rule.source_match,
              rule.source_match_re,
              `${path}.source_match`,
            ),
            target: allMatchers(
              rule.target_matchers,
              rule.target_match,
              rule.target_match_re,
              `${path}.target_match`,
            ),
            equal: rule.equal ?? [],
          };
        }),
      };
    }),
  );

type FileRoute = FileValue<typeof engine.types, 'config.Route'>;

const routeOf = (route: FileRoute, path: string, parent: string): Route => {
  const receiver = route.receiver ?? parent;
  return {
    path,
    receiver,
    matchers: allMatchers(route.matchers, route.match, route.match_re, `${path}.match`),
    goesOn: route.continue === true,
    routes: (route.routes ?? []).map((one, index) =>
      routeOf(one, `${path}.routes[${index}]`, receiver),
    ),
  };
};

type Labels = Readonly<Record<string, string>>;

/** Matchers in each of the three fields of Alertmanager, whose names start with `path`. */
const allMatchers = (
  list: readonly string[] = [],
  match: Labels = {},
  matchRe: Labels = {},
  path: string,
): RouteMatcher[] => [
  ...list.flatMap((text, index) => {
    const found = readMatchers(text) ?? [];
    return found.map((one) => ({
      ...one,
      text: found.length === 1 ? text : matcherText(one),
      path: `${path}ers[${index}]`,
    }));
  }),
  ...Object.entries(match).map(([label, value]) => matcherOf(label, '=', value, path)),
  ...Object.entries(matchRe).map(([label, value]) => matcherOf(label, '=~', value, `${path}_re`)),
];

const matcherOf = (
  label: string,
  operator: Matcher['operator'],
  value: string,
  path: string,
): RouteMatcher => ({
  label,
  operator,
  value,
  text: matcherText({ label, operator, value }),
  path: `${path}.${label}`,
});

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

const passes = ({ label, operator, value }: RouteMatcher, candidate: string): boolean | undefined =>
  matches({ from: 0, to: 0, label, operator, value }, candidate);

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
