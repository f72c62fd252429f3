import type { Alerting } from '../../config/alerting.js';
import type { Receiver } from '../../config/receiver.js';
import { type Connection, connectionsFor } from '../../model/connection.js';
import type { SecretReference } from '../../model/prerequisite.js';
import { referencesIn } from '../../model/secret-file.js';
import { integrations } from '../../schema/alertmanager/engine.js';
import type { SynthesizedStack } from '../synthesized-stack.js';
import { evaluatesRules } from './content.js';
import { bullets, code, distinct, listed, table } from './markdown.js';
import { type ListedRoute, routesOf } from './notification-route.js';

/** Which receiver gets which alerts, or which outside party gets all of them. */
export const notifications = ({
  environment: { alerting },
  connections,
}: Pick<SynthesizedStack, 'environment' | 'connections'>): string[] => [
  '## Notifications',
  ...(alerting
    ? [
        table(
          ['receiver', 'alerts', 'sends resolved', 'kind', 'Secret'],
          [
            ...alerting.receivers.map((receiver) => [
              code(receiver.name),
              subjectOf(receiver, alerting),
              receiver.sendResolved ? 'yes' : 'no',
              meansOf(receiver),
              secretOf(receiver),
            ]),
            ...(alerting.config?.receivers ?? []).map((receiver) => [
              code(receiver.name),
              subjectOf(receiver, alerting),
              'as configured',
              integrationsIn(receiver),
              secretsIn([receiver, isSilent(receiver) ? undefined : alerting.config?.global]),
            ]),
          ],
        ),
        bullets(remarks(alerting, connections)),
      ]
    : [withoutReceivers(connections)]),
];

const withoutReceivers = (connections: readonly Connection[]): string => {
  if (!evaluatesRules({ connections })) {
    return '**None.** Nothing here evaluates alerts, since prometheus is not deployed.';
  }
  const providers = connectionsFor(connections, 'alerts').map(({ provider }) => provider);
  const outside = distinct(providers.filter(({ own }) => !own).map(({ party }) => party));
  if (outside.length > 0) {
    return `Alerts are sent to ${listed(outside)} (not deployed here), whose configuration decides who is notified.`;
  }
  const grafana = connections.some(
    ({ consumer, capability }) => consumer.party === 'grafana' && capability === 'promql',
  );
  return providers.length > 0
    ? `**None.** Alerts fire, but only ${listed(['Prometheus', 'Alertmanager', ...(grafana ? ['Grafana'] : [])])} show them. Add \`alerting\` to the environment.`
    : '**None.** No alerts are sent. Enable Alertmanager, or declare a party that offers `alerts`.';
};

const meansOf = (receiver: Receiver): string => {
  switch (receiver.kind) {
    case 'webhook':
      return 'webhook';
    case 'slack':
      return `Slack${receiver.channel === undefined ? '' : `, ${receiver.channel}`}`;
    case 'msteams':
      return 'Microsoft Teams';
    case 'pagerduty':
      return 'PagerDuty';
    case 'email':
      return `email to ${receiver.to} through ${receiver.smtp.host}`;
    case 'raw':
      return integrationsIn(receiver.config);
  }
};

const integrationsIn = (config: object): string =>
  Object.keys(config)
    .filter((name) => integrations.includes(name))
    .map((name) => code(name))
    .join(' and ') || 'none: it sends nothing';

const isSilent = (config: object): boolean =>
  !Object.keys(config).some((name) => integrations.includes(name));

const secretsIn = (config: unknown): string =>
  referencesIn(config)
    .map(({ secret, key }) => `${code(key)} of ${code(secret)}`)
    .join(', ') || 'none';

const secretOf = (receiver: Receiver): string => {
  switch (receiver.kind) {
    case 'pagerduty':
      return keyOf('the integration key', receiver.routingKey);
    case 'email':
      return receiver.smtp.password ? keyOf('the password', receiver.smtp.password) : 'none';
    case 'raw':
      return secretsIn(receiver.config);
    default:
      return keyOf('the URL', receiver.url);
  }
};

const keyOf = (what: string, { secret, key }: SecretReference): string =>
  `${what} is ${code(key)} of ${code(secret)}`;

const subjectOf = ({ name }: { readonly name: string }, alerting: Alerting): string => {
  const { receiver, routes } = routesOf(alerting);
  const own = matchersTo(name, routes).map((all) => all.map(code).join(' with ') || 'all');
  const all = [...own, ...(receiver === name ? [restOf(routes)] : [])];
  return all.length > 0 ? all.join('; ') : '**none**: no route selects it';
};

/** The matchers of each route to a receiver, starting with the root route. */
const matchersTo = (
  name: string,
  routes: readonly ListedRoute[],
  outer: readonly string[] = [],
): string[][] =>
  routes.flatMap(({ matchers, receiver, routes: inner }) => {
    const all = [...outer, ...matchers];
    return [...(receiver === name ? [all] : []), ...matchersTo(name, inner, all)];
  });

const restOf = (routes: readonly ListedRoute[]): string =>
  routes.length > 0 ? 'all that match no route' : 'all';

const remarks = (alerting: Alerting, connections: readonly Connection[]): string[] => {
  const { deadMansSwitch, proxy, config, plainSmtp } = alerting;
  return [
    ...(connectionsFor(connections, 'alerts').length === 0
      ? ['**No alerts are sent to Alertmanager**, since prometheus is not deployed.']
      : []),
    ...(routesOf(alerting).routes.length > 1
      ? ['If several routes match, the first one handles the alert, unless it has `continue`.']
      : []),
    ...(config?.route
      ? [
          'The routes are native configuration; only the route of the alert Watchdog is added, unless they name it.',
        ]
      : [
          'Alerts about failing notifications (label `reach: all`) go to every receiver and inhibit nothing.',
        ]),
    'Messages to Slack, Teams, PagerDuty and by email have the summary, description, severity, start time, and the links to the runbook and the dashboard of each alert.',
    ...(config?.route ? [] : ['Alerts of severity `info` are not sent.']),
    deadMansSwitch
      ? `Alertmanager calls the dead man's switch every five minutes. It must raise an alarm when the calls stop; ${keyOf('the URL', deadMansSwitch.url)}.`
      : "**No dead man's switch**: when alerting itself fails, no notification is sent.",
    ...(proxy ? [`HTTP requests to receivers go through ${proxy.url}.`] : []),
    ...(plainSmtp
      ? [`**Mail is sent without TLS**, and everybody on its way can read it: ${plainSmtp}.`]
      : []),
  ];
};
