import type { Image } from '../config/image.js';
import { alertmanager } from './alertmanager/definition.js';
import { backup } from './backup/definition.js';
import { blackboxExporter } from './blackbox-exporter/definition.js';
import { cadvisor } from './cadvisor/definition.js';
import { grafana } from './grafana/definition.js';
import { jaeger } from './jaeger/definition.js';
import { k6 } from './k6/definition.js';
import { kubeStateMetrics } from './kube-state-metrics/definition.js';
import { logAgent } from './log-agent/definition.js';
import { loki } from './loki/definition.js';
import { nodeExporter } from './node-exporter/definition.js';
import { otelGateway } from './otel-gateway/definition.js';
import { postgresExporter } from './postgres-exporter/definition.js';
import { prometheus } from './prometheus/definition.js';
import { redisExporter } from './redis-exporter/definition.js';

/** The shipped components, by their key in the options of an environment. */
export const definitions = {
  prometheus,
  alertmanager,
  grafana,
  jaeger,
  otelGateway,
  loki,
  kubeStateMetrics,
  blackboxExporter,
  nodeExporter,
  cadvisor,
  logAgent,
  postgresExporter,
  redisExporter,
  k6,
  backup,
} as const;

export type Definitions = typeof definitions;

/** The key of a component in the options of an environment. */
export type ComponentKey = keyof Definitions;

/** The images of all components, by name. */
export const images: Readonly<Record<string, Required<Image>>> = Object.assign(
  {},
  ...Object.values(definitions).map((one) => one.images),
);
