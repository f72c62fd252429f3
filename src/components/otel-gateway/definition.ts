import { z } from 'zod';
import type { ConfigFault } from '../../config/faults.js';
import { orTrue, orTrueError } from '../../config/or-true.js';
import type { FoundFault } from '../../model/fault.js';
import { quantityValue } from '../../model/quantity.js';
import { collectorImage } from '../collector/image.js';
import { logStore as storeOfLogs } from '../collector/log-store.js';
import { defineComponent, type Unvalidated, volumeOptions } from '../definition.js';
import { nativeConfig } from './native.js';
import { otelGateway as declare } from './otel-gateway.js';
import { milliseconds, type Sampling, sampling } from './sampling.js';
import { logStore, store, traceStore } from './store.js';

/** How it receives logs. */
const logs = z.strictObject(
  {
    /** A store of logs that Crowsnest does not deploy, by OTLP. @default - Loki, or a party that offers `logs` */
    store: storeOfLogs.optional(),
  },
  orTrueError,
);

export const otelGateway = defineComponent({
  name: 'otel-gateway',
  options: {
    /** Whether it is deployed: applications then send their spans to it. @default false */
    enabled: z.boolean().default(false),
    ...volumeOptions,
    /** With sampling, each replica passes the spans of a trace on to the one that decides about it. */
    replicas: z.int().min(1).max(16).optional(),
    /** Which traces are kept, decided when their spans have arrived. @default - all */
    sampling: sampling.optional(),
    /** A store of traces that Crowsnest does not deploy, by OTLP. @default - Jaeger, or a party that offers `traces` */
    store: store.optional(),
    /** Whether it also receives logs, or how: applications with `logs: true` and log agents then send them to it. @default false */
    logs: orTrue(logs),
    /** Whether it also receives metrics: applications with `sendsMetrics` then send them to it, and it passes them on to Prometheus with `otlp: true`, or to another party that offers `otlp-metrics`. @default false */
    metrics: z.boolean().default(false),
    /** Native configuration of the collector. @default - none */
    config: nativeConfig.optional(),
  },
  sizes: {
    small: { cpu: '50m', memory: '128Mi', memoryLimit: '512Mi', replicas: 1, volume: '2Gi' },
    medium: { cpu: '250m', memory: '512Mi', memoryLimit: '2Gi', replicas: 1, volume: '10Gi' },
    large: { cpu: '1', memory: '2Gi', memoryLimit: '6Gi', replicas: 1, volume: '40Gi' },
  },
  images: { 'otel-collector': collectorImage },
  facts: {
    'configured:gateway-logs': {
      without: 'the gateway receives no logs',
      holds: ({ options: { enabled, logs } }) => enabled && logs !== undefined,
    },
    'configured:gateway-metrics': {
      without: 'the gateway receives no metrics',
      holds: ({ options: { enabled, metrics } }) => enabled && metrics,
    },
  },
  validate: ({ sampling: given, config, logs: takesLogs }, report) => {
    const { policies, processors, logProcessors } = Object(config) as Unvalidated;
    if (policies !== undefined && given === undefined)
      report(['config', 'policies'], 'nothing, or set sampling: {}, which evaluates them');
    if (logProcessors !== undefined && !takesLogs)
      report(['config', 'logProcessors'], 'nothing, or set logs: true, since it receives none');
    for (const name of Object.keys(Object(logProcessors))) {
      if (name in Object(processors))
        report(
          ['config', 'logProcessors', name],
          `nothing: processors has the same name; add another one after a slash, such as '${name.split('/')[0]}/logs'`,
        );
    }
  },
  judge: ({ options, size }) => [...volumeFaults(size), ...waitFaults(options)],
  parties: ({ options: { store: given, logs: { store: ofLogs } = {} } }) => [
    ...(given ? [traceStore(given)] : []),
    ...(ofLogs ? [logStore(ofLogs)] : []),
  ],
  declare: ({ options, size }) =>
    declare({
      size,
      claimTemplate: options.claimTemplate,
      sampling: options.sampling,
      store: options.store,
      logs: options.logs,
      metrics: options.metrics,
      native: options.config,
    }),
});

const volumeFaults = ({ volume }: { readonly volume: string }): FoundFault<ConfigFault>[] =>
  quantityValue(volume) < quantityValue('256Mi')
    ? [
        {
          fault: 'invalid-value',
          place: { path: 'volume' },
          value: volume,
          remedy:
            "Set it to at least '256Mi': the queue has a quarter of it, and must have room for the largest request.",
        },
      ]
    : [];

/** The decision knows only the spans that arrived before it. */
const waitFaults = ({ sampling: given }: { readonly sampling?: Sampling | undefined }) => {
  const { slow, wait = '' } = given ?? {};
  if (slow === undefined || milliseconds(slow) < milliseconds(wait)) return [];
  return [
    {
      fault: 'short-wait',
      place: { path: 'sampling.slow' },
      message: `A trace that takes ${slow} is usually decided before it ends: the decision is ${wait} after its first span.`,
      value: slow,
      remedy: `Set it to less than ${wait}, or set a longer sampling.wait.`,
    } satisfies FoundFault<ConfigFault>,
  ];
};
