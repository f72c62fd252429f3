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

/** The store as an outside party. */
export const traceStore = (one: Store): Party =>
  storeParty(one, { name: 'trace-store', takes: 'traces', path: 'otelGateway.store' });
