import { z } from 'zod';
import type { Alerting } from '../../config/alerting.js';
import { contactsOf } from '../../config/contact.js';
import { notificationTemplate } from '../../config/notification-template.js';
import { type ConfigFile, type FileKind, yaml } from '../../model/file.js';
import { memoizeText } from '../../model/memoize.js';
import { engine, integrations } from '../../schema/alertmanager/engine.js';
import { receiverNames, timeIntervalNames } from '../../schema/alertmanager/route.js';
import { alertmanagerType } from '../../schema/alertmanager/type.js';
import { bothRules, fieldsOf, type TypeRules } from '../../schema/engine-schema.js';
import type { FileValue } from '../../schema/file-value.js';
import { labelName } from '../../schema/format.js';

const receiver = fieldsOf(engine.types, 'config.Receiver');

/** What every configuration needs. */
const always: TypeRules = {
  'config.Config': {
    needed: ['route', 'receivers'],
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
};

/** What is always there as Crowsnest writes it. */
const ours: TypeRules = {
  'config.Config': { needed: ['inhibit_rules'] },
  'config.RootRoute': {
    needed: ['group_by', 'group_wait', 'group_interval', 'repeat_interval', 'routes'],
  },
  'config.Route': { needed: ['matchers', 'receiver'] },
  'config.Receiver': {
    fields: Object.fromEntries(
      integrations.map((name) => [name, (of) => (of(receiver[name]!) as z.ZodArray).min(1)]),
    ),
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

/** Rejects servers to which the options state no such exception. */
const without = (exception: 'plain' | 'unverified', message: string): TypeRules => ({
  'config.Config': {
    refinements: [
      ({ receivers, global }, { addIssue }) => {
        for (const [index, receiver] of ((receivers ?? []) as Receiver[]).entries()) {
          if (!contactsOf(receiver, global).some((one) => one[exception])) continue;
          addIssue({ code: 'custom', path: ['receivers', index], message, input: receiver });
        }
      },
    ],
  },
});

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

/** The exceptions that an environment states in its options of `alerting`. */
export interface Stated {
  /** Whether a part of the configuration is native, so that it may lack what Crowsnest always writes. */
  readonly native: boolean;
  /** Whether the routes are native. */
  readonly nativeRoutes?: boolean;
  readonly plainSmtp: boolean;
  readonly unverified: boolean;
}

/** Alertmanager's configuration file: the same object for the same exceptions. */
export const configFileFor = (stated: Stated): ConfigFile<AlertmanagerConfig> =>
  fileFor(JSON.stringify(stated));

// Alertmanager reads it again only when it gets a signal.
const fileFor = memoizeText((json): ConfigFile<AlertmanagerConfig> => {
  const stated: Stated = JSON.parse(json);
  return {
    kind: kindOf(stated),
    path: `${configFolder}/alertmanager.yml`,
    format: yaml,
    schema: z.lazy(() => alertmanagerType(undefined, rulesFor(stated))('config.Config')) as never,
    reload: 'restart',
  };
});

const kindOf = ({ native, nativeRoutes }: Stated): FileKind => {
  if (nativeRoutes) return 'alertmanager-native-config';
  return native ? 'alertmanager-completed-config' : 'alertmanager-config';
};

const rulesFor = ({ native, plainSmtp, unverified }: Stated): TypeRules =>
  [
    native ? always : bothRules(always, ours),
    plainSmtp ? {} : without('plain', 'a receiver that sends mail with TLS: require_tls: true'),
    unverified
      ? {}
      : without('unverified', 'a receiver without insecure_skip_verify: set ca instead'),
  ].reduce(bothRules);

/** The file of an environment without exceptions. */
export const configFile: ConfigFile = configFileFor({
  native: false,
  plainSmtp: false,
  unverified: false,
});

/** A file with templates of notifications. */
export const templateFile: ConfigFile<string> & { readonly path: string } = {
  path: `${configFolder}/*.tmpl`,
  format: { write: (value) => `${value}`, read: (text) => text },
  schema: notificationTemplate,
  reload: 'restart',
  prose: true,
};

/** The files of an environment: the configuration first. */
export const filesOf = (
  alerting: Alerting | undefined,
): readonly [ConfigFile<AlertmanagerConfig>, ...ConfigFile[]] => {
  const {
    receivers = [],
    config,
    templates = {},
    plainSmtp,
    unverified,
  }: Partial<Alerting> = alerting ?? {};
  const empty = receivers.some(
    (one) => one.kind === 'raw' && !integrations.some((name) => name in one.config),
  );
  return [
    configFileFor({
      native: config !== undefined || empty,
      nativeRoutes: config?.route !== undefined,
      plainSmtp: plainSmtp !== undefined,
      unverified: unverified !== undefined,
    }),
    ...(Object.keys(templates).length > 0 ? [templateFile as ConfigFile] : []),
  ];
};
