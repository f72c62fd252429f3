import { placed, serverAt } from '../../config/server.js';
import type { Settings } from '../../schema/grafana/setting-fault.js';
import { settingServers } from '../../schema/grafana/setting-server.js';
import { isInCluster, isNumber } from '../../schema/private-host.js';
import type { Report, Unvalidated } from '../definition.js';
import { browserText } from './login.js';
import { settings as schema } from './setting.js';

/** The servers of settings have a place if they are in the cluster, and an address that can be read. */
export const validate = ({ settings, settingsAt, oidc }: Unvalidated, report: Report): void => {
  const parsed = schema.safeParse(settings ?? {});
  // Invalid settings have their own findings.
  if (!parsed.success) return;
  const provider = parsed.data['auth.generic_oauth'] ?? {};
  for (const key of oidc === undefined ? [] : Object.keys(provider)) {
    if (!oidcKeys.includes(key)) continue;
    report(['settings', 'auth.generic_oauth', key], 'nothing: grafana.oidc sets it');
  }
  for (const [section, { auth_url: page }] of Object.entries(parsed.data)) {
    if (!section.startsWith('auth.') || !isInCluster(`${serverAt(`${page}`).host}`)) continue;
    report(['settings', section, 'auth_url'], browserText);
  }
  const places = recordOf(settingsAt);
  const servers = settingServers(parsed.data as Settings);
  for (const { section, key, address } of servers) {
    if (
      isNumber(address) ||
      (!(/^https?:\/\//.test(address) && URL.canParse(address)) &&
        !/^([^\s:/[\]]+|\[[\da-fA-F:.]+\]):\d{1,5}$/.test(address))
    ) {
      report(['settings', section, key], addressText(key));
      continue;
    }
    placed('at', places[section], [serverAt(address)], {
      addIssue: (issue) =>
        report(['settingsAt', section], String(typeof issue === 'string' ? issue : issue.message)),
    });
  }
  for (const section of Object.keys(places)) {
    if (servers.some((one) => one.section === section)) continue;
    report(['settingsAt', section], 'nothing: no setting of this section has a server');
  }
};

/** The settings that `grafana.oidc` writes. */
const oidcKeys: readonly string[] =
  'enabled name client_id client_secret scopes auth_url token_url api_url role_attribute_path role_attribute_strict allowed_domains allowed_groups groups_attribute_path allow_sign_up use_pkce use_refresh_token'.split(
    ' ',
  );

const addressText = (key: string): string =>
  /url$|endpoint$/.test(key)
    ? "a URL that starts with 'http://' or 'https://'"
    : "a host and a port such as 'smtp.example.com:587'";

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
