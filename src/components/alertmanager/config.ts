import type { Route } from '../../config/alert-route.js';
import type { Alerting } from '../../config/alerting.js';
import { ownReceivers, type Receiver } from '../../config/receiver.js';
import { secretPath } from '../../model/identity.js';
import { withFiles } from '../../model/secret-file.js';
import { type AlertmanagerConfig, templateFile } from './file.js';
import { messages } from './message.js';
import { integrations, receiverOf, through } from './receiver.js';
import { namesAlert } from './watchdog.js';

const { nobody, deadMansSwitch } = ownReceivers;

type Fields = Readonly<Record<string, unknown>>;

/** Alertmanager's configuration file; `reachable`: whether its web interface has a public URL. */
export const alertmanagerConfig = (
  alerting: Alerting | undefined,
  reachable: boolean,
): AlertmanagerConfig => {
  const { global, route, inhibit_rules, receivers = [], ...others } = alerting?.config ?? {};
  // Those of the configuration come first: a finding has their index.
  const silenced = route ? inhibit_rules : [...(inhibit_rules ?? []), ...ours];
  return {
    ...globalOf(global as Fields | undefined, alerting?.proxy),
    ...(Object.keys(alerting?.templates ?? {}).length > 0 && { templates: [templateFile.path] }),
    route: route ? nativeRoute(route, alerting) : typedRoute(alerting),
    ...(silenced && { inhibit_rules: silenced }),
    receivers: [
      ...(receivers.some(({ name }) => name === nobody) ? [] : [{ name: nobody }]),
      ...switchOf(alerting),
      ...(alerting?.receivers ?? []).map((one) =>
        receiverOf(one, messages(reachable), alerting?.proxy),
      ),
      ...receivers.map((one) => integrations(one as unknown as Fields, {}, alerting?.proxy)),
    ],
    ...others,
  } as AlertmanagerConfig;
};

const globalOf = (global: Fields | undefined, proxy: Alerting['proxy']): Fields => {
  if (!global && !proxy) return {};
  const { http_config: client, ...others } = (withFiles(global ?? {}) ?? {}) as Fields;
  return {
    global: {
      ...others,
      ...((client ?? proxy) && { http_config: through(proxy, (client ?? {}) as Fields) }),
    },
  };
};

const switchOf = (alerting: Alerting | undefined): object[] =>
  alerting?.deadMansSwitch
    ? [
        {
          name: deadMansSwitch,
          webhook_configs: [
            { url_file: secretPath(alerting.deadMansSwitch.url), send_resolved: false },
          ],
        },
      ]
    : [];

const watchdog = (alerting: Alerting | undefined): object => ({
  matchers: ['alertname="Watchdog"'],
  receiver: alerting?.deadMansSwitch ? deadMansSwitch : nobody,
  group_wait: '0s',
  group_interval: '1m',
  repeat_interval: '5m',
});

const typedRoute = (alerting: Alerting | undefined): object => {
  const root = alerting?.defaultReceiver ?? nobody;
  return {
    receiver: root,
    group_by: alerting?.groupBy ?? ['alertname', 'cluster', 'namespace'],
    group_wait: alerting?.groupWait ?? '30s',
    group_interval: alerting?.groupInterval ?? '5m',
    repeat_interval: alerting?.repeatInterval ?? '12h',
    routes: [
      watchdog(alerting),
      ...toAll(alerting),
      ...(alerting?.routes ?? []).map((one) => routeOf(one, root)),
      // They only inhibit other alerts. A receiver that needs them has its own route.
      { matchers: ['severity="info"'], receiver: nobody },
    ],
  };
};

/** The routes of an existing configuration, after that of the Watchdog unless they handle it. */
const nativeRoute = (route: Fields, alerting: Alerting | undefined): object => {
  const routes = (route.routes ?? []) as readonly Fields[];
  const handled = !alerting?.deadMansSwitch && routes.some((one) => namesAlert(one, 'Watchdog'));
  return { ...route, routes: [...(handled ? [] : [watchdog(alerting)]), ...routes] };
};

// Labels that two alerts about the same subject have in common; a label that both lack is equal.
const subject = ['subject', 'cluster', 'job', 'node', 'instance', 'namespace', 'pod', 'container'];

const ours = [
  {
    // A critical alert about a receiver cannot be delivered by it, so it inhibits no warning about it.
    // A label that both lack is equal: rules of others, which have no subject, inhibit nothing.
    source_matchers: ['severity="critical"', 'subject!=""', 'reach!="all"'],
    target_matchers: ['severity="warning"'],
    equal: subject,
  },
];

/** Routes that send alerts about failing notifications to every receiver, and to no other route. */
const toAll = (alerting: Alerting | undefined): object[] => {
  const names = [...(alerting?.receivers ?? []), ...(alerting?.config?.receivers ?? [])]
    .filter(sends)
    .map(({ name }) => name);
  return names.map((name, index) => ({
    matchers: ['reach="all"'],
    receiver: name,
    ...(index < names.length - 1 && { continue: true }),
  }));
};

/** Whether a receiver has an integration. */
const sends = (receiver: Receiver | Fields): boolean => {
  if ('kind' in receiver && receiver.kind !== 'raw') return true;
  const config = 'kind' in receiver ? (receiver.config as Fields) : receiver;
  return Object.keys(config).some((name) => name.endsWith('_configs'));
};

const routeOf = (route: Route, parent: string): object => {
  const receiver = route.receiver ?? parent;
  return {
    matchers: route.matchers,
    receiver,
    ...(route.continue && { continue: true }),
    ...(route.groupBy && { group_by: route.groupBy }),
    ...(route.groupWait && { group_wait: route.groupWait }),
    ...(route.groupInterval && { group_interval: route.groupInterval }),
    ...(route.repeatInterval && { repeat_interval: route.repeatInterval }),
    ...(route.muteTimeIntervals?.length && { mute_time_intervals: route.muteTimeIntervals }),
    ...(route.activeTimeIntervals?.length && { active_time_intervals: route.activeTimeIntervals }),
    ...(route.routes?.length && { routes: route.routes.map((one) => routeOf(one, receiver)) }),
  };
};
