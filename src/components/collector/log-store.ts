import { z } from 'zod';
import { connectionsFor } from '../../model/connection.js';
import { type Consumption, required } from '../../model/consumption.js';
import type { Wiring } from '../../model/wiring.js';
import { type OtlpClient, otlpClient } from './otlp-exporter.js';
import { headerOf, type Store, storeOptions, storeProtocol, storeRules } from './store.js';

/** A store of logs that Crowsnest does not deploy. */
export const logStore = z
  .strictObject({
    ...storeOptions,
    /** How it receives lines: OTLP by gRPC, or by HTTP. @default 'http' */
    protocol: storeProtocol.default('http'),
  })
  .superRefine(storeRules);

/** A collector sends logs to the store with this name, or to the party that offers `logs`. */
export const sendsLogs = (name: string, store: Store | undefined): Consumption =>
  required('logs', store ? { variant: name } : { prefer: 'grpc' });

/** How a collector reaches the receiver of its logs. */
export const logClient = (
  { outgoing }: Pick<Wiring, 'outgoing'>,
  store: Store | undefined,
): OtlpClient | undefined => {
  const [logs] = connectionsFor(outgoing, 'logs');
  const offered = logs?.offer.variant === 'grpc' ? 'grpc' : 'http';
  return logs && otlpClient(logs, 'logs', store?.protocol ?? offered, store && headerOf(store));
};
