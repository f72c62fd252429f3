import { readFileSync, writeFileSync } from 'node:fs';
import { otelGateway as otelGatewayDefinition } from '../../src/components/otel-gateway/definition.js';
import { configFile } from '../../src/components/otel-gateway/file.js';
import { otelGateway } from '../../src/components/otel-gateway/otel-gateway.js';
import { sampling as samplingOptions } from '../../src/components/otel-gateway/sampling.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { freePort } from '../engines/port.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import type { Ports } from './jaeger-server.js';
import { layOutPod, type Pod, type SecretTexts } from './pod.js';

const workload = { kind: 'StatefulSet', name: 'crowsnest-otel-gateway' };
const file = `${configFile.path}`;
/** Those of several replicas, which have one more. */
const { endpoints } = otelGateway({
  size: { ...otelGatewayDefinition.sizes.small, replicas: 2 },
  sampling: samplingOptions.parse({}),
});

/** A free port for each port of the gateway. */
export const gatewayPorts = async (): Promise<Ports> => {
  const ports = new Map<number, number>();
  for (const { port } of Object.values(endpoints)) ports.set(port, await freePort());
  return ports;
};

/** The pod of the gateway, with addresses of this machine instead of its own, of its replicas and of Jaeger. */
export const gatewayPod = (
  objects: readonly KubernetesObject[],
  folder: string,
  ports: Ports,
  jaeger = 0,
  secrets: SecretTexts = {},
  replicas: readonly Ports[] = [],
): Pod => {
  const pod = layOutPod(objects, workload, 'otel-gateway', folder, secrets);
  const here = (port: string): number | undefined => ports.get(Number(port));
  const text = readFileSync(pod.path(file), 'utf8')
    .replace(/endpoint: :(\d+)/g, (_, port) => `endpoint: 127.0.0.1:${here(port)}`)
    .replace(/host: ""(\s+port: )(\d+)/, (_, key, port) => `host: 127.0.0.1${key}${here(port)}`)
    .replace(/crowsnest-jaeger\.\S+/g, `127.0.0.1:${jaeger}`)
    .replace(
      /crowsnest-otel-gateway-(\d)\.\S+:(\d+)/g,
      (_, ordinal, port) => `127.0.0.1:${replicas[ordinal]?.get(Number(port))}`,
    )
    // As the shipped one, not shorter than the interval at which the test scrapes.
    .replace(/(?<=metrics_flush_interval: )\S+/, '1s');
  writeFileSync(pod.path(file), text);
  return pod;
};

/** Replaces the address of Prometheus by one on this machine. */
export const withPrometheusAt = (pod: Pod, port: number): Pod => {
  const text = readFileSync(pod.path(file), 'utf8');
  writeFileSync(
    pod.path(file),
    text.replace(/crowsnest-prometheus\.[^:\s]+:\d+/g, `127.0.0.1:${port}`),
  );
  return pod;
};

/** Replaces the address of Loki by one on this machine. */
export const withLokiAt = (pod: Pod, port: number): Pod => {
  const text = readFileSync(pod.path(file), 'utf8');
  writeFileSync(pod.path(file), text.replace(/crowsnest-loki\.[^:\s]+:\d+/g, `127.0.0.1:${port}`));
  return pod;
};

/** Starts it with the shipped flags, and the name of its pod. */
export const startGateway = (pod: Pod, ports: Ports, name = ''): Promise<RunningEngine> => {
  const status = ports.get(endpoints.status!.port);
  if (status === undefined) throw new Error('The gateway has no health page.');
  return startEngine({
    binary: 'otelcol-k8s',
    args: () => pod.args,
    env: { ...pod.env, ...(name && { POD_NAME: name }) },
    port: status,
    readyPath: '/',
  });
};
