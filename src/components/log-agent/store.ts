import type { Party } from '../../model/party.js';
import { type Store, storeParty } from '../collector/store.js';

/** The name of the store to which only agents send. */
export const storeName = 'log-store';

/** The store as an outside party. */
export const logStore = (one: Store): Party =>
  storeParty(one, { name: storeName, takes: 'logs', path: 'logAgent.store' });
