import { grafanaUrl } from '../../config/exposure.js';
import { identityOf } from '../../model/identity.js';
import type { ReadmeFacts } from '../../model/party.js';
import { oidcLogin, openTo, type ProviderLogin, settingLogins } from './open-login.js';
import type { GrafanaOptions } from './options.js';

/** The URL of Grafana, and the command that prints its password if it creates one. */
export const readmeFacts = (options: GrafanaOptions): ReadmeFacts => {
  const { exposure, names, credentialsSecret } = options;
  return {
    page: { endpoint: 'web', ...(exposure && { url: grafanaUrl(exposure) }) },
    sections: [
      ...(names && credentialsSecret === undefined ? [password(names)] : []),
      ...whoMayLogIn(options),
    ],
  };
};

/** A section about logins besides that with a password, if there are any. */
const whoMayLogIn = ({ oidc, ldap, settings = {} }: GrafanaOptions): string[] => {
  const lines = [
    ...(oidc ? [providerLine(oidc.name, oidcLogin(oidc))] : []),
    ...(ldap
      ? [`Users of the LDAP directory at ${ldap.servers.map(({ host }) => host).join(', ')}.`]
      : []),
    ...settingLogins(settings).map(({ section, everybody, ...login }) =>
      everybody === undefined ? providerLine(section, login) : `${everybody}.`,
    ),
  ];
  const list = lines.map((line) => `- ${line}`).join('\n');
  return lines.length === 0 ? [] : [`## Who may log in to Grafana\n${list}`];
};

const providerLine = (name: string, login: ProviderLogin): string => {
  const { page, domains, limited, rolePath } = login;
  const limits = [
    ...(domains ? [`an e-mail address of ${domains.join(', ')}`] : []),
    ...(limited ? ['a group, an organization or a team that is listed'] : []),
    ...(rolePath !== undefined ? [`a role by \`${rolePath}\``] : []),
  ];
  const who = openTo(login) ? '**Everybody with an account**' : 'Users';
  const host = URL.canParse(page) ? new URL(page).hostname : page;
  return `${name}: ${who} at ${host}${limits.length > 0 ? ` with ${limits.join(' and ')}` : ''}.`;
};

const password = (names: NonNullable<GrafanaOptions['names']>): string => {
  const { name, namespace } = identityOf(names, 'grafana', 'grafana', { namespace: 'stack' });
  return `## Grafana's password
Grafana created it at its first start. It is on the volume:

\`\`\`sh
kubectl -n ${namespace} exec ${name}-0 -c grafana -- cat /var/lib/grafana/credentials/admin-password
\`\`\``;
};
