import type { GrafanaExposure } from '../../config/exposure.js';
import type { Database, Oidc } from '../../config/login.js';
import type { Resources } from '../../config/sizing.js';

export interface GrafanaOptions {
  readonly resources: Resources;
  readonly volume: string;
  /** ConfigMaps that hold the dashboards of a folder. */
  readonly dashboardShards: number;
  /** Secret that holds the credentials. @default - made at first start on the volume */
  readonly credentialsSecret?: string;
  /** @default - not reachable from outside the cluster */
  readonly exposure?: GrafanaExposure;
  /** @default - login by password in Grafana */
  readonly oidc?: Oidc;
  /** @default - a file on the volume */
  readonly database?: Database;
}
