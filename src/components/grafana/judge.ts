import type { CommonEnvironment } from '../../config/common.js';
import type { ConfigFault } from '../../config/faults.js';
import type { FoundFault } from '../../model/fault.js';
import { type Settings, settingFaults } from '../../schema/grafana/setting-fault.js';
import { withoutEffect } from '../../schema/grafana/setting-server.js';
import { enterpriseSections } from '../../schema/grafana/settings.js';
import { overriddenIn } from './hardened.js';
import type { Oidc } from './login.js';
import { oidcLogin, openSettings, openTo, settingLogins } from './open-login.js';

/** The options whose faults depend on other options, or are only warnings. */
interface Judged {
  readonly options: { readonly oidc?: Oidc; readonly settings: Settings };
  readonly environment: Pick<CommonEnvironment, 'exposure'>;
}

/** Logins that are open to strangers, and settings that are unknown or override what Crowsnest chooses. */
export const judge = ({ options, environment }: Judged): FoundFault<ConfigFault>[] => [
  ...openLogins(options, environment.exposure?.grafana !== undefined),
  ...disabled(options),
  ...enterprise(options.settings),
  ...unknown(options.settings),
  ...overridden(options.settings),
];

const openLogins = ({ oidc, settings }: Judged['options'], exposed: boolean) => {
  const logins = [
    ...(oidc ? [{ path: 'oidc', ...oidcLogin(oidc) }] : []),
    ...settingLogins(settings).map(({ section, ...login }) => ({ path: at(section), ...login })),
  ];
  return logins.flatMap(
    ({ path, everybody, intended = false, remedy, ...login }): FoundFault<ConfigFault>[] => {
      const host = openTo(login);
      const who =
        everybody ?? (host && `Everybody with an account at ${host} can log in to Grafana`);
      if (who === undefined) return [];
      return [
        {
          fault: exposed && !intended ? 'exposed-login' : 'open-login',
          place: { path },
          message: `${exposed ? 'Grafana is exposed. ' : ''}${who}.`,
          ...((remedy ?? path !== 'oidc') && { remedy: remedy ?? limitText }),
        },
      ];
    },
  );
};

const limitText =
  'Limit it with allowed_domains, allowed_groups, allowed_organizations or team_ids, or with a strict role_attribute_path that returns a role only for your users.';

const disabled = ({ settings, oidc }: Judged['options']): FoundFault<ConfigFault>[] =>
  withoutEffect(settings)
    .filter(({ section }) => oidc === undefined || section !== 'auth.generic_oauth')
    .map(({ section, key }) => ({
      fault: 'disabled-setting',
      place: { path: at(section, key) },
      message: `${section}.${key} has no effect: the section is not enabled.`,
    }));

const enterprise = (settings: Settings): FoundFault<ConfigFault>[] =>
  Object.keys(settings)
    .filter((section) => enterpriseSections.test(section))
    .map((section) => ({
      fault: 'enterprise-setting',
      place: { path: at(section) },
      value: `[${section}]`,
    }));

const unknown = (settings: Settings): FoundFault<ConfigFault>[] =>
  settingFaults(settings)
    .filter(({ section, expected }) => expected === undefined && !enterpriseSections.test(section))
    .map(({ section, key }) => ({
      fault: 'unknown-setting',
      place: { path: at(section, key) },
      value: key === undefined ? `[${section}]` : `[${section}] ${key}`,
    }));

const overridden = (settings: Settings): FoundFault<ConfigFault>[] =>
  overriddenIn(settings)
    .filter(({ section, key }) => openSettings[section] !== key)
    .map(({ section, key, chosen }) => ({
      fault: 'overridden-setting',
      place: { path: at(section, key) },
      message: `Crowsnest would set ${key} = ${chosen.length > 40 ? '…' : chosen} in [${section}].`,
      value: settings[section]?.[key],
    }));

/** The path of a setting in the options, as findings write it. */
const at = (section: string, key?: string): string =>
  [section, ...(key === undefined ? [] : [key])].reduce(
    (path, name) => (/^[\w$]+$/.test(name) ? `${path}.${name}` : `${path}['${name}']`),
    'settings',
  );
