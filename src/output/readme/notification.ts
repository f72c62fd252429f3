import type { Alerting, Receiver, Route } from '../../config/alerting.js';
import type { Environment } from '../../config/environment.js';
import type { SecretReference } from '../../model/prerequisite.js';
import { referencesIn } from '../../model/secret-file.js';
import { bullets, code, table } from './markdown.js';

/** Who is told of which alerts. */
export const notifications = ({ alerting }: Environment): string[] => [
  '## Who is told of alerts',
  ...(alerting
    ? [
        table(
          ['receiver', 'of what', 'of the end too', 'by', 'its Secret'],
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
    : [
        '**Nobody.** Alerts fire, and are seen by those who look at Alertmanager or Grafana. Add `alerting` to the environment to tell somebody.',
      ]),
];

const meansOf = (receiver: Receiver): string => {
  switch (receiver.kind) {
    case 'webhook':
      return 'a webhook';
    case 'slack':
      return `Slack${receiver.channel === undefined ? '' : `, ${receiver.channel}`}`;
    case 'msteams':
      return 'Microsoft Teams';
    case 'pagerduty':
      return 'PagerDuty';
    case 'email':
      return `e-mail to ${receiver.to}, by ${receiver.smtp.host}`;
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
      return keyOf('the whole URL', receiver.url);
  }
};

const keyOf = (what: string, { secret, key }: SecretReference): string =>
  `${what} is ${code(key)} of ${code(secret)}`;

const subjectOf = ({ name }: Receiver, { routes, defaultReceiver }: Alerting): string => {
  const own = matchersTo(name, routes).map((all) => all.map(code).join(' with '));
  const all = [...own, ...(defaultReceiver === name ? [restOf(routes)] : [])];
  return all.length > 0 ? all.join('; ') : '**nothing**: no route leads here';
};

/** The matchers of each way that leads to a receiver, from the outermost route on. */
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
  routes.length > 0 ? 'whatever no route matches' : 'everything';

const remarks = ({ routes, deadMansSwitch, proxy }: Alerting): string[] => [
  ...(routes.length > 1 ? ['Of several routes that match, the first is taken.'] : []),
  'Nobody is told of alerts of severity `info`.',
  deadMansSwitch
    ? `The dead man's switch is called every five minutes, and raises the alarm when that stops; ${keyOf('the whole URL', deadMansSwitch.url)}.`
    : "**There is no dead man's switch**: when alerting itself fails, nobody is told.",
  ...(proxy ? [`Whatever is told by HTTP goes through ${proxy.url}.`] : []),
];
