import { z } from 'zod';
import { type ConfigFile, yaml } from '../../model/file.js';
import { type engine, integrations } from '../../schema/alertmanager/engine.js';
import { receiverNames, timeIntervalNames } from '../../schema/alertmanager/route.js';
import { alertmanagerType } from '../../schema/alertmanager/type.js';
import type { TypeRules } from '../../schema/engine-schema.js';
import type { FileValue } from '../../schema/file-value.js';
import { labelName } from '../../schema/format.js';

/** What is always there as we write it. */
const ours: TypeRules = {
  'config.Config': {
    needed: ['route', 'inhibit_rules', 'receivers'],
    fields: { receivers: (of) => z.array(of('config.Receiver')).min(1) },
    refinements: [
      ({ route, receivers, time_intervals, mute_time_intervals }, context) => {
        const root = route as Route;
        const routes = { path: ['route', 'routes'], list: root.routes };
        const first = { path: ['route', 'receiver'], receiver: root.receiver };
        receiverNames(receivers as Receiver[], first, routes, context);
        const intervals = [time_intervals, mute_time_intervals].flatMap(
          (list) => (list ?? []) as Named[],
        );
        timeIntervalNames(intervals, routes, context);
      },
    ],
  },
  'config.RootRoute': {
    needed: ['group_by', 'group_wait', 'group_interval', 'repeat_interval', 'routes'],
  },
  'config.Route': { needed: ['matchers', 'receiver'] },
  'config.Receiver': {
    refinements: [
      (receiver, context) => {
        if (receiver.name === 'nobody' || integrations.some((name) => receiver[name])) return;
        const message = 'a receiver with at least one integration: only nobody has none';
        context.addIssue({ code: 'custom', message, input: receiver });
      },
    ],
  },
  'common.InhibitRule': {
    needed: ['source_matchers', 'target_matchers', 'equal'],
    fields: { equal: z.array(labelName).min(1) },
  },
  'common.NotifierConfig': { needed: ['send_resolved'] },
};

interface Named {
  readonly name?: unknown;
}

type Receiver = Named;

interface Route {
  readonly receiver?: unknown;
  readonly routes?: readonly Route[];
}

export type AlertmanagerConfig = FileValue<(typeof engine)['types'], 'config.Config'>;

export const configFolder = '/etc/alertmanager';

/** Alertmanager's configuration file. It reads it again only when it gets a signal. */
export const configFile: ConfigFile<AlertmanagerConfig> = {
  kind: 'alertmanager-config',
  path: `${configFolder}/alertmanager.yml`,
  format: yaml,
  schema: z.lazy(() => alertmanagerType(undefined, ours)('config.Config')) as never,
  reload: 'restart',
};
