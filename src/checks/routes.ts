import type { Check } from '../model/check.js';
import { titleOf } from '../model/manifest.js';
import { suggest } from '../model/suggestion.js';
import { errorIn, type Fault } from './pod/fault.js';
import { alertsIn, type ShippedAlert } from './routing/alert.js';
import {
  mayPass,
  mustPass,
  namedBy,
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
      faultsOf(routing, alerts).map((fault) =>
        errorIn(routing.manifest, { ...fault, path: `alertmanager.yml: ${fault.path}` }),
      ),
    );
  },
};

export default check;

// Alertmanager needs a receiver for what nobody is told of: it may be told of nothing.
const nobody = 'nobody';

const faultsOf = (routing: Routing, alerts: readonly ShippedAlert[]): Fault[] => {
  const { root, receivers, manifest } = routing;
  const told = new Set(receiversOf(root));
  return [
    ...idle(root.routes, alerts, [], alerts).map(
      (fault): Fault => ({
        ...fault,
        why: 'Whom it would tell is never told.',
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
): Fault[] =>
  routes.flatMap((route, index): Fault[] => {
    // That nobody is told of what there is not anyway does no harm.
    if (route.receiver === nobody && route.routes.length === 0) return [];
    const given = [...above, ...route.matchers];
    const misspelt = route.matchers.flatMap((matcher) => unknown(matcher, all));
    const matching = alerts.filter((alert) => mayPass(alert, given));
    const before = routes.slice(0, index).filter(({ goesOn }) => !goesOn);
    const left = matching.filter(
      (alert) => !before.some(({ matchers }) => mustPass(alert, given, matchers)),
    );
    if (left.length > 0) return [...misspelt, ...idle(route.routes, left, given, all)];
    if (misspelt.length > 0) return misspelt;
    return [matching.length > 0 ? shadowed(route) : untaken(route)];
  });

const unknown = (matcher: RouteMatcher, alerts: readonly ShippedAlert[]): Fault[] => {
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
  if (known.includes(undefined)) return [];
  const values = [...new Set(known.flatMap((one) => one ?? []))].filter((one) => one !== '').sort();
  return namedBy(matcher)
    .filter((one) => !values.includes(one))
    .map((one) => {
      const nearest = suggest(one, values);
      const wanted = nearest && value.split('|').map((part) => (part === one ? nearest : part));
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
