import { z } from 'zod';
import type { Party } from '../../model/party.js';
import {
  type Store,
  storeOptions,
  storeParty,
  storeProtocol,
  storeRules,
} from '../collector/store.js';

/** A store of logs that Crowsnest does not deploy. */
export const store = z
  .strictObject({
    ...storeOptions,
    /** How it receives lines: OTLP by gRPC, or by HTTP. @default 'http' */
    protocol: storeProtocol.default('http'),
  })
  .superRefine(storeRules);

/** The store as an outside party. */
export const logStore = (one: Store): Party =>
  storeParty(one, { name: 'log-store', takes: 'logs', path: 'logAgent.store' });
