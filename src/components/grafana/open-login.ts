import type { Settings } from '../../schema/grafana/setting-fault.js';
import { isOn, textOf } from '../../schema/grafana/setting-server.js';
import { providerSections } from '../../schema/grafana/settings.js';
import type { Oidc } from './login.js';

/** A login through a provider, as Grafana's configuration file describes it. */
export interface ProviderLogin {
  /** The URL of the login page. */
  readonly page: string;
  /** E-mail domains to which the login is limited. @default - none */
  readonly domains?: readonly string[];
  /** Whether it is limited to groups, organizations, teams or tenants. */
  readonly limited: boolean;
  /** The expression for the role. @default - every user gets a role */
  readonly rolePath?: string;
  /** That everybody has access without an account at a provider, as the start of a sentence. */
  readonly everybody?: string;
  /** How to limit it. @default - with domains, groups or roles */
  readonly remedy?: string;
  /** Whether it is only a warning if Grafana is exposed: it only reads, and nobody sets it by mistake. */
  readonly intended?: boolean;
}

/** The login that `grafana.oidc` configures. */
export const oidcLogin = (oidc: Oidc): ProviderLogin => ({
  page: oidc.authorizationUrl,
  domains: oidc.allowedDomains,
  limited: oidc.allowedGroups !== undefined,
  rolePath: oidc.rolePath,
});

// Providers at which anybody can create an account.
const publicPages: readonly (readonly [host: RegExp, path?: RegExp])[] = [
  [/^accounts\.google\.com$/],
  [/^(?:.+\.)?github\.com$/],
  [/^gitlab\.com$/],
  [/^bitbucket\.org$/],
  [/^codeberg\.org$/],
  [/^discord(?:app)?\.com$/],
  [/^(?:www\.)?(?:facebook|linkedin|grafana)\.com$/],
  [/^login\.live\.com$/],
  [/^appleid\.apple\.com$/],
  // Tenants with the accounts of all organizations:
  // https://learn.microsoft.com/entra/identity-platform/v2-protocols#endpoints
  [/^login\.microsoftonline\.com$/, /^\/(?:common|organizations|consumers)\//],
];

// Domains at which anybody can get an address.
const publicDomains =
  /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|icloud|aol|gmx|proton|protonmail)\.(?:com|net|de|me|co\.uk)$/;

/** The host at which anybody can create an account, and so log in to Grafana; undefined if there is none. */
export const openTo = ({ page, domains, limited, rolePath }: ProviderLogin): string | undefined => {
  if (limited || !URL.canParse(page)) return undefined;
  const { hostname, pathname } = new URL(page);
  const isPublic = publicPages.some(
    ([host, path]) => host.test(hostname) && (path?.test(pathname) ?? true),
  );
  if (!isPublic || (domains && !domains.some((one) => publicDomains.test(one)))) return undefined;
  return rolePath === undefined || endsWithRole.test(rolePath) ? hostname : undefined;
};

// The last alternative is a role and not a condition: every user gets it.
const endsWithRole = /(?:^|\|\|)\s*(?:'|`"?)(?:Viewer|Editor|Admin|GrafanaAdmin)(?:'|"?`)\s*$/i;

/** The logins that settings enable, by section. */
export const settingLogins = (
  settings: Settings,
): (ProviderLogin & { readonly section: string })[] => [
  ...Object.keys(providerSections)
    .filter((section) => isOn(settings, section))
    .map((section) => ({ section, ...providerLogin(settings, section) })),
  ...everybodyIn(settings).map((login) => ({ ...login, page: '', limited: false })),
];

const providerLogin = (settings: Settings, section: string): ProviderLogin => {
  const text = (key: string) => textOf(settings, section, key);
  const limits = ['allowed_groups', 'allowed_organizations', 'team_ids'];
  // Without strict roles, a user without a role in the token gets the default role.
  const strict = isTrue(text('role_attribute_strict')) && !isTrue(text('skip_org_role_sync'));
  return {
    page: text('auth_url') ?? '',
    domains: (text('allowed_domains') ?? text('hosted_domain'))?.split(/[\s,]+/),
    limited: limits.some((key) => text(key) !== undefined) || text('allow_sign_up') === 'false',
    ...(strict && { rolePath: text('role_attribute_path') ?? '' }),
  };
};

type Everybody = Omit<ProviderLogin, 'page' | 'limited'> & { readonly section: string };

/** The settings that a finding about an open login covers. */
export const openSettings: Readonly<Record<string, string>> = {
  'auth.anonymous': 'enabled',
  users: 'allow_sign_up',
};

/** Settings with which everybody who reaches Grafana has access. */
const everybodyIn = (settings: Settings): Everybody[] => {
  const role = textOf(settings, 'auth.anonymous', 'org_role') ?? 'Viewer';
  const reads = /^(?:Viewer|None)$/i.test(role);
  return [
    ...(isOn(settings, 'auth.anonymous')
      ? [
          {
            section: 'auth.anonymous',
            everybody: 'Everybody who reaches Grafana reads it without a login',
            remedy: reads
              ? 'Keep secrets out of the dashboards, or remove it.'
              : 'Remove it, or set org_role to Viewer and keep secrets out of the dashboards.',
            intended: reads,
          },
        ]
      : []),
    ...(isTrue(textOf(settings, 'users', 'allow_sign_up'))
      ? [
          {
            section: 'users',
            everybody: 'Everybody who reaches Grafana can create an account',
            remedy: 'Remove allow_sign_up: administrators invite users.',
          },
        ]
      : []),
    // https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/auth-proxy/
    ...(isOn(settings, 'auth.proxy') && !textOf(settings, 'auth.proxy', 'whitelist')
      ? [
          {
            section: 'auth.proxy',
            everybody: 'Everybody who reaches Grafana can log in as any user, with a header',
            remedy: 'Set whitelist to the addresses of the proxy that authenticates users.',
          },
        ]
      : []),
  ];
};

const isTrue = (text: string | undefined): boolean => /^(?:1|t|true|y|yes|on)$/i.test(`${text}`);
