import type { Alerting, Receiver, Route } from '../../config/alerting.js';
import type { Environment } from '../../environment/environment.js';
import { type Connection, connectionsFor, type End } from '../../model/connection.js';
import type { SecretReference } from '../../model/prerequisite.js';
import { referencesIn } from '../../model/secret-file.js';
import { bullets, code, distinct, listed, table } from './markdown.js';

/** Which receiver gets which alerts, or which outside party gets all of them. */
export const notifications = (
  { alerting }: Environment,
  connections: readonly Connection[],
): string[] => [
  '## Notifications',
  ...(alerting
    ? [
        table(
          ['receiver', 'alerts', 'sends resolved', 'kind', 'Secret'],
          alerting.receivers.map((receiver) => [
            code(receiver.name),
            subjectOf(receiver, alerting),
            receiver.sendResolved ? 'yes' : 'no',
            meansOf(receiver),
            secretOf(receiver),
          ]),
        ),
        bullets(remarks(alerting)),
      ]
    : [withoutReceivers(connectionsFor(connections, 'alerts').map(({ provider }) => provider))]),
];

const withoutReceivers = (providers: readonly End[]): string => {
  const outside = distinct(providers.filter(({ own }) => !own).map(({ party }) => party));
  if (outside.length > 0) {
    return `Alerts are sent to ${listed(outside)} (not deployed here), whose configuration decides who is notified.`;
  }
  return providers.length > 0
    ? '**None.** Alerts fire, but only Alertmanager and Grafana show them. Add `alerting` to the environment.'
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
      return Object.keys(receiver.config)
        .map((name) => code(name))
        .join(' and ');
  }
};

const secretOf = (receiver: Receiver): string => {
  switch (receiver.kind) {
    case 'pagerduty':
      return keyOf('the integration key', receiver.routingKey);
    case 'email':
      return receiver.smtp.password ? keyOf('the password', receiver.smtp.password) : 'none';
    case 'raw':
      return (
        referencesIn(receiver.config)
          .map(({ secret, key }) => `${code(key)} of ${code(secret)}`)
          .join(', ') || 'none'
      );
    default:
      return keyOf('the URL', receiver.url);
  }
};

const keyOf = (what: string, { secret, key }: SecretReference): string =>
  `${what} is ${code(key)} of ${code(secret)}`;

const subjectOf = ({ name }: Receiver, { routes, defaultReceiver }: Alerting): string => {
  const own = matchersTo(name, routes).map((all) => all.map(code).join(' with '));
  const all = [...own, ...(defaultReceiver === name ? [restOf(routes)] : [])];
  return all.length > 0 ? all.join('; ') : '**none**: no route selects it';
};

/** The matchers of each route to a receiver, starting with the root route. */
const matchersTo = (
  name: string,
  routes: readonly Route[],
  outer: readonly string[] = [],
): string[][] =>
  routes.flatMap(({ matchers, receiver, routes: inner = [] }) => {
    const all = [...outer, ...matchers];
    return [...(receiver === name ? [all] : []), ...matchersTo(name, inner, all)];
  });

const restOf = (routes: Alerting['routes']): string =>
  routes.length > 0 ? 'all that match no route' : 'all';

const remarks = ({ routes, deadMansSwitch, proxy }: Alerting): string[] => [
  ...(routes.length > 1
    ? ['If several routes match, the first one handles the alert, unless it has `continue`.']
    : []),
  'Alerts about failing notifications (label `reach: all`) go to every receiver and inhibit nothing.',
  'Messages to Slack, Teams, PagerDuty and by email have the summary, description, severity, start time, and the links to the runbook and the dashboard of each alert.',
  'Alerts of severity `info` are not sent.',
  deadMansSwitch
    ? `Alertmanager calls the dead man's switch every five minutes. It must raise an alarm when the calls stop; ${keyOf('the URL', deadMansSwitch.url)}.`
    : "**No dead man's switch**: when alerting itself fails, no notification is sent.",
  ...(proxy ? [`HTTP requests to receivers go through ${proxy.url}.`] : []),
];
