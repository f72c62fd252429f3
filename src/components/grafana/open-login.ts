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
