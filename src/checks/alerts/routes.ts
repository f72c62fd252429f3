import { defineCheck } from '../../model/check.js';
import { titleOf } from '../../model/manifest.js';
import { faultIn } from '../support/pod/fault.js';
import { alertsIn, type ShippedAlert } from './routes/alert.js';
import { faults, type RoutesFault } from './routes/faults.js';
import { misspeltIn } from './routes/misspelt.js';
import { nativeFaults } from './routes/native.js';
import {
  alertsOf,
  deadMansSwitch,
  mayPass,
  needsNoAlert,
  nobody,
  type Route,
  type RouteMatcher,
  receiversOf,
  routedTo,
} from './routes/route.js';
import { type Routing, routingsIn } from './routes/routing.js';
import { silenced } from './routes/silenced.js';

const check = defineCheck({
  faults,
  summary:
    'Every label and value in a route of Alertmanager is one that an alert of the shipped rules can have. Every route can match an alert: no earlier route matches all of them, and a route that continues has a later one. Every receiver has a route. Alerts with the label `reach: all` reach every receiver and inhibit nothing. Labels that an expression leaves open may have any value. A native configuration can be for alerts of other senders too: it gets one warning for all of its routes without alerts, and one for routes that continue although none follows.',
  run: (input) => {
    const alerts = alertsIn(input);
    return routingsIn(input).flatMap((routing) =>
      faultsOf(routing, alerts).map((fault) =>
        faultIn(routing.manifest, {
          ...fault,
          path: writtenPath(fault.path, routing.root.routes) ?? `alertmanager.yml: ${fault.path}`,
        }),
      ),
    );
  },
});

export default check;

/** The path in the options of the environment, of a path in a route that the user wrote. */
const writtenPath = (path: string, routes: readonly Route[]): string | undefined => {
  const route = routes.find((one) => path.startsWith(one.path));
  if (route?.written === undefined) return undefined;
  return writtenPath(path, route.routes) ?? `${route.written}${path.slice(route.path.length)}`;
};

const hasReach = (alert: ShippedAlert): boolean =>
  alert.valuesOf('reach')?.every((value) => value === 'all') ?? false;

/** Receivers that do not get the alerts about failing notifications, and inhibitions by these alerts. */
const reachFaults = (
  { root, receivers, inhibitions }: Routing,
  alerts: readonly ShippedAlert[],
): RoutesFault[] => {
  const reaching = alerts.filter(hasReach);
  const wanted = receivers.filter((name) => name !== nobody && name !== deadMansSwitch);
  const missed = wanted.filter((name) =>
    reaching.some((alert) => !receiversOf(alert, root).includes(name)),
  );
  return [
    ...missed.map(
      (value): RoutesFault => ({
        path: 'route.routes',
        fault: 'unreached-receiver',
        value,
      }),
    ),
    ...inhibitions
      .filter(({ source }) => reaching.some((alert) => mayPass(alert, source)))
      .map(
        ({ path, source }): RoutesFault => ({
          path: `${path}.source_matchers`,
          fault: 'inhibiting-alert',
          value: source.map(({ text }) => text).join(', '),
        }),
      ),
  ];
};

const faultsOf = (routing: Routing, alerts: readonly ShippedAlert[]): RoutesFault[] => [
  ...(routing.native ? nativeFaults(routing, alerts) : typedFaults(routing, alerts)),
  ...silenced(routing.root, alerts),
];

const typedFaults = (routing: Routing, alerts: readonly ShippedAlert[]): RoutesFault[] => {
  const { root, receivers, manifest } = routing;
  const routed = new Set(routedTo(root));
  return [
    ...idle(root.routes, alerts, [], alerts).map(
      (fault): RoutesFault => ({
        ...fault,
        remedy: `${fault.remedy ?? faults[fault.fault].fix} If another sender also sends alerts here, waive this at '${titleOf(manifest.object)}' with that reason.`,
      }),
    ),
    ...reachFaults(routing, alerts),
    ...receivers.flatMap((name, index): RoutesFault[] =>
      routed.has(name) || name === nobody
        ? []
        : [
            {
              path: `receivers[${index}].name`,
              fault: 'unrouted-receiver',
              value: name,
            },
          ],
    ),
  ];
};

/** Routes that no alert can match, in the order of Alertmanager; `alerts` match the parent routes in `above`. */
const idle = (
  routes: readonly Route[],
  alerts: readonly ShippedAlert[],
  above: readonly RouteMatcher[],
  all: readonly ShippedAlert[],
): RoutesFault[] =>
  routes.flatMap((route, index): RoutesFault[] => {
    if (needsNoAlert(route)) return [];
    const given = [...above, ...route.matchers];
    const misspelt = route.matchers.flatMap((matcher) => misspeltIn(matcher, all));
    const { matching, left } = alertsOf(routes.slice(0, index), given, alerts);
    if (left.length > 0) {
      const rest = routes.slice(index + 1).filter(({ receiver }) => receiver !== nobody);
      const alone =
        route.goesOn &&
        !rest.some((one) => left.some((alert) => mayPass(alert, [...given, ...one.matchers])));
      return [
        ...misspelt,
        ...(alone ? [endsHere(route)] : []),
        ...idle(route.routes, left, given, all),
      ];
    }
    if (misspelt.some(({ fault }) => fault !== 'uncertain-label')) return misspelt;
    return [...misspelt, matching.length > 0 ? shadowed(route) : untaken(route)];
  });

const untaken = ({ path, matchers }: Route): RoutesFault => ({
  path,
  fault: 'no-match',
  value: matchers.map(({ text }) => text).join(', '),
  remedy: 'Correct the matchers, or remove the route.',
});

const endsHere = ({ path, matchers }: Route): RoutesFault => ({
  path: `${path}.continue`,
  fault: 'needless-continue',
  value: matchers.map(({ text }) => text).join(', '),
});

const shadowed = ({ path, matchers }: Route): RoutesFault => ({
  path,
  fault: 'shadowed-route',
  value: matchers.map(({ text }) => text).join(', '),
  remedy: 'Move it before them, or set continue: true on them.',
});
