import type { Size } from '../../config/sizing.js';

export interface PrometheusOptions {
  readonly size: Size;
  /** A Prometheus duration. */
  readonly retention: string;
  /** A Prometheus duration. */
  readonly scrapeInterval: string;
  /** Under which people reach it; links in notifications lead there. @default - a port-forward's, on localhost */
  readonly externalUrl?: string;
  /** Jobs in Prometheus's own words. @default - none */
  readonly scrapeConfigs?: readonly { readonly config: object }[];
  readonly externalLabels: Readonly<Record<string, string>>;
}
