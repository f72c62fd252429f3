import type { CheckInput } from '../../../model/check.js';
import type { Manifest } from '../../../model/manifest.js';
import { engine } from '../../../schema/alertmanager/engine.js';
import { type Matcher, matcherText, readMatchers } from '../../../schema/alertmanager/matcher.js';
import { type FileValue, fileValue } from '../../../schema/file-value.js';
import { filesOfKind } from '../../support/file.js';
import { deadMansSwitch, isToAll, nobody, type Route, type RouteMatcher } from './route.js';

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

const kinds = [
  'alertmanager-config',
  'alertmanager-completed-config',
  'alertmanager-native-config',
] as const;

/** The routing of each configuration file of Alertmanager. */
export const routingsIn = (input: CheckInput): Routing[] =>
  kinds.flatMap((kind) =>
    filesOfKind(input, kind).map(({ value, manifest }) => {
      const file = fileValue(engine.types, 'config.Config', value) ?? {};
      const { receivers = [], route = {}, inhibit_rules = [] } = file;
      return {
        manifest,
        native: kind !== 'alertmanager-config',
        receivers: receivers.flatMap(({ name }) => name ?? []),
        root: rootOf(route, kind === 'alertmanager-native-config'),
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

/** The root route, with the paths of the user's routes in the options. */
const rootOf = (file: FileRoute, native: boolean): Route => {
  const root = routeOf(file, 'route', '');
  const { routes } = root;
  const watchdog = isWatchdog(file.routes?.[0]) ? 1 : 0;
  if (native)
    return { ...root, routes: writtenAt('alerting.config.route.routes', routes, watchdog) };
  // Crowsnest adds routes before those of the user, and one for `severity="info"` after them.
  const others = routes.slice(watchdog).findIndex((one) => !isToAll(one));
  return {
    ...root,
    routes: writtenAt('alerting.routes', routes, watchdog + Math.max(others, 0), routes.length - 1),
  };
};

// Crowsnest adds a route for the signal that alerting works, and repeats it often.
const isWatchdog = (route: FileRoute | undefined): boolean =>
  route?.matchers?.join() === 'alertname="Watchdog"' &&
  // The user's own route to another receiver can be the same otherwise.
  [nobody, deadMansSwitch].includes(`${route.receiver}`) &&
  route.group_wait === '0s' &&
  route.group_interval === '1m' &&
  route.repeat_interval === '5m';

const writtenAt = (
  path: string,
  routes: readonly Route[],
  from = 0,
  to: number = routes.length,
): Route[] =>
  routes.map((one, index) => {
    if (index < from || index >= to) return one;
    const written = `${path}[${index - from}]`;
    return { ...one, written, routes: writtenAt(`${written}.routes`, one.routes) };
  });

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
