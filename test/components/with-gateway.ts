import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { optional } from '../../src/model/consumption.js';
import type { Party } from '../../src/model/party.js';
import { minimal } from '../environment.js';

/** An application that sends spans. */
export const shop: Party = {
  name: 'shop',
  workloads: { web: { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } },
  endpoints: {},
  consumes: [optional('traces', { variant: 'grpc' })],
};

/** An environment with the gateway for traces, and an application that sends spans to it. */
export const withGateway = {
  ...minimal,
  otelGateway: { enabled: true, sampling: {} },
  parties: [shop],
} satisfies EnvironmentOptions;
