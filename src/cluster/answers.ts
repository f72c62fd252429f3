import type { SizeName } from '../config/size.js';
import type { GatewayFact, IngressFact } from './ingress.js';

/** Who receives alerts. */
export type AlertAnswer =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'slack' | 'msteams' | 'pagerduty' | 'webhook' }
  | { readonly kind: 'email'; readonly to: string; readonly from: string; readonly host: string };

/** How users reach Grafana. */
export type GrafanaAnswer =
  | { readonly kind: 'port-forward' }
  | { readonly kind: 'ingress'; readonly ingress: IngressFact; readonly host: string }
  | { readonly kind: 'gateway'; readonly gateway: GatewayFact; readonly host: string };

/** What no object of the cluster tells. */
export interface Answers {
  readonly name: string;
  readonly stage: 'development' | 'staging' | 'production';
  readonly size: SizeName;
  readonly nodeCidrs?: readonly string[];
  readonly alerts: AlertAnswer;
  readonly grafana: GrafanaAnswer;
  /** Whether somebody answered; otherwise these are defaults. */
  readonly asked: boolean;
}
