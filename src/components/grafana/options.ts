import type { GrafanaExposure } from '../../config/exposure.js';
import type { Place } from '../../config/place.js';
import type { Resources } from '../../config/size.js';
import type { StackNames } from '../../model/identity.js';
import type { CertificateAuthority } from '../../model/trust.js';
import type { Settings } from '../../schema/grafana/setting-fault.js';
import type { Database, Ldap, Oidc, OutgoingProxy } from './login.js';

export interface GrafanaOptions {
  /** For the command in the generated README that prints the password. @default - no command */
  readonly names?: StackNames;
  readonly resources: Resources;
  readonly volume: string;
  /** Size in the claim template. @default - that of `kubernetes/claim.ts` */
  readonly claimTemplate?: string;
  /** Number of ConfigMaps for the dashboards of a folder. */
  readonly dashboardShards: number;
  /** Secret with the credentials. @default - created at the first start on the volume */
  readonly credentialsSecret?: string;
  /** @default - not reachable from outside the cluster */
  readonly exposure?: GrafanaExposure;
  /** @default - login with a password in Grafana */
  readonly oidc?: Oidc;
  /** Folder of further plugins in the image. @default - none */
  readonly pluginFolder?: string;
  /** @default - no login with LDAP */
  readonly ldap?: Ldap;
  /** @default - servers are reached directly */
  readonly proxy?: OutgoingProxy;
  /** Certificate authority of servers and of the proxy. @default - only public ones */
  readonly certificateAuthority?: CertificateAuthority;
  /** Settings of its configuration file by section. @default - none */
  readonly settings?: Settings;
  /** Where the servers of settings are, by section. @default - on the internet */
  readonly settingsAt?: Readonly<Record<string, Place>>;
  /** @default - a file on the volume */
  readonly database?: Database;
}
