import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { titleOf } from '../model/manifest.js';
import { errorIn, type Fault } from './pod/fault.js';
import { alertsIn, type ShippedAlert } from './routing/alert.js';
import { misspeltIn, type RouteFault } from './routing/misspelt.js';
import {
  mayPass,
  mustPass,
  type Route,
  type RouteMatcher,
  type Routing,
  routingsIn,
} from './routing/route.js';

const check: Check = {
  summary:
    'Every label and value that a route of Alertmanager names is one that an alert of the rules that ship may have, an alert can take every route (none before it takes them all), and every receiver is told by one. What an expression leaves open may be anything.',
  run: (input) => {
    const alerts = alertsIn(input);
    return routingsIn(input.manifests).flatMap((routing) =>
      faultsOf(routing, alerts).map(
        (fault): Omit<Finding, 'check'> => ({
          ...errorIn(routing.manifest, { ...fault, path: `alertmanager.yml: ${fault.path}` }),
          severity: fault.severity ?? 'error',
        }),
      ),
    );
  },
};

export default check;

// Alertmanager needs a receiver for what nobody is told of: it may be told of nothing.
const nobody = 'nobody';

const faultsOf = (routing: Routing, alerts: readonly ShippedAlert[]): RouteFault[] => {
  const { root, receivers, manifest } = routing;
  const told = new Set(receiversOf(root));
  return [
    ...idle(root.routes, alerts, [], alerts).map(
      (fault): RouteFault => ({
        ...fault,
        why: 'Whom it would tell is not told.',
        remedy: `${fault.remedy} If alerts of another sender come this way, waive it with that reason, at '${titleOf(manifest.object)}'.`,
      }),
    ),
    ...receivers.flatMap((name, index): Fault[] =>
      told.has(name) || name === nobody
        ? []
        : [
            {
              path: `receivers[${index}].name`,
              message: 'No route leads to this receiver, and it is not the default.',
              value: name,
              why: 'It is never told of anything.',
              remedy: 'Name it in a route or as the defaultReceiver, or remove it.',
            },
          ],
    ),
  ];
};

const receiversOf = ({ receiver, routes }: Route): string[] => [
  receiver,
  ...routes.flatMap(receiversOf),
];

/** What no alert can take among routes that are tried in order, for alerts that have passed the matchers above. */
const idle = (
  routes: readonly Route[],
  alerts: readonly ShippedAlert[],
  above: readonly RouteMatcher[],
  all: readonly ShippedAlert[],
): RouteFault[] =>
  routes.flatMap((route, index): RouteFault[] => {
    // That nobody is told of what there is not anyway does no harm.
    if (route.receiver === nobody && route.routes.length === 0) return [];
    const given = [...above, ...route.matchers];
    const misspelt = route.matchers.flatMap((matcher) => misspeltIn(matcher, all));
    const matching = alerts.filter((alert) => mayPass(alert, given));
    const before = routes.slice(0, index).filter(({ goesOn }) => !goesOn);
    const left = matching.filter(
      (alert) => !before.some(({ matchers }) => mustPass(alert, given, matchers)),
    );
    if (left.length > 0) return [...misspelt, ...idle(route.routes, left, given, all)];
    if (misspelt.some(({ severity }) => severity === undefined)) return misspelt;
    return [...misspelt, matching.length > 0 ? shadowed(route) : untaken(route)];
  });

const untaken = ({ path, matchers }: Route): Fault => ({
  path,
  message: 'No alert that comes here passes all of its matchers.',
  value: matchers.map(({ text }) => text).join(', '),
  remedy: 'Correct them, or remove the route.',
});

const shadowed = ({ path, matchers }: Route): Fault => ({
  path,
  message: 'Routes before it take every alert that it matches.',
  value: matchers.map(({ text }) => text).join(', '),
  remedy: 'Move it before them, or let them continue.',
});
