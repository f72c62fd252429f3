import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { nativeServers } from '../config/native-servers.js';
import { rawReceivers } from '../config/raw-receivers.js';
import { scrapeConfigs } from '../config/scrape-configs.js';
import { minimal } from '../environment.js';

/** An environment with as much native configuration as possible. */
export const raw = {
  ...minimal,
  prometheus: { scrapeConfigs, ...nativeServers, awsRole: { kind: 'pod-identity' } },
  alertmanager: { awsRole: { kind: 'pod-identity' } },
  alerting: {
    receivers: [{ kind: 'raw', name: 'everybody', config: rawReceivers }],
    defaultReceiver: 'everybody',
    routes: [
      {
        matchers: ['namespace="shop"'],
        receiver: 'everybody',
        groupBy: ['...'],
        routes: [{ matchers: ['severity="critical"'], receiver: 'everybody' }],
      },
    ],
  },
} satisfies EnvironmentOptions;

/** The same environment behind a proxy. */
export const proxied = {
  ...raw,
  alerting: {
    ...raw.alerting,
    proxy: {
      url: 'http://proxy.example.com:3128',
      at: { kind: 'addresses', cidrs: ['192.0.2.176/28'] },
    },
  },
} satisfies EnvironmentOptions;
