import { z } from 'zod';
import type { Party } from '../../model/party.js';
import {
  type Store,
  storeOptions,
  storeParty,
  storeProtocol,
  storeRules,
} from '../collector/store.js';

/** A store of traces that Crowsnest does not deploy. */
export const store = z
  .strictObject({
    ...storeOptions,
    /** How it receives spans: OTLP by gRPC, or by HTTP. @default 'grpc' */
    protocol: storeProtocol.default('grpc'),
  })
  .superRefine(storeRules);

/** The names of the stores to which only the gateway sends. */
export const storeNames = { traces: 'trace-store', logs: 'gateway-log-store' } as const;

/** The store of traces as an outside party. */
export const traceStore = (one: Store): Party =>
  storeParty(one, { name: storeNames.traces, takes: 'traces', path: 'otelGateway.store' });

/** The store of logs as an outside party. */
export const logStore = (one: Store): Party =>
  storeParty(one, { name: storeNames.logs, takes: 'logs', path: 'otelGateway.logs.store' });
