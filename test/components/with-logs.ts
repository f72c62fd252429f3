import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { offer } from '../../src/model/offer.js';
import type { Party } from '../../src/model/party.js';
import { minimal } from '../environment.js';

/** A store of logs that takes OTLP by HTTP. */
export const outsideLoki: Party = {
  name: 'outside-loki',
  workloads: { loki: { kind: 'pods', namespace: 'logs', labels: { app: 'loki' } } },
  endpoints: {
    http: { port: 3100, host: 'loki.logs.svc', offers: [offer('logs', { path: '/otlp' })] },
  },
  consumes: [],
};

/** An environment with agents that read logs, and a store for them. */
export const withLogs = {
  ...minimal,
  logAgent: { enabled: true },
  parties: [outsideLoki],
} satisfies EnvironmentOptions;
