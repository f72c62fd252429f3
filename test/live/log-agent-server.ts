import { readFileSync, writeFileSync } from 'node:fs';
import { nodeVariable } from '../../src/components/log-agent/config.js';
import { logAgent as definition } from '../../src/components/log-agent/definition.js';
import { configFile } from '../../src/components/log-agent/file.js';
import { logAgent } from '../../src/components/log-agent/log-agent.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { freePort } from '../engines/port.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { build, minimal, withFewComponents } from '../environment.js';
import type { Ports } from './jaeger-server.js';
import { layOutPod, type Pod } from './pod.js';

const workload = { kind: 'DaemonSet', name: 'crowsnest-log-agent' };
const { endpoints } = logAgent({ size: definition.sizes.small });

export type AgentOptions = Omit<NonNullable<EnvironmentOptions['logAgent']>, 'enabled' | 'store'>;

/** The objects of an environment whose agents send to an outside store. */
export const agentObjects = (options: AgentOptions = {}): readonly KubernetesObject[] => {
  const { findings, manifests } = build({
    ...minimal,
    ...withFewComponents,
    logAgent: {
      enabled: true,
      store: {
        url: 'http://store.logs.svc:4318/otlp',
        at: { kind: 'pods', namespace: 'logs', labels: { app: 'store' } },
      },
      ...options,
    },
  });
  if (findings.length > 0) throw new Error(JSON.stringify(findings, null, 2));
  return manifests.map(({ object }) => object);
};

/** A free port for each port of the agent. */
export const agentPorts = async (): Promise<Ports> => {
  const ports = new Map<number, number>();
  for (const { port } of Object.values(endpoints)) ports.set(port, await freePort());
  return ports;
};

/** The pod of the agent, with addresses of this machine instead of its own and that of the store. */
export const agentPod = (
  objects: readonly KubernetesObject[],
  folder: string,
  ports: Ports,
  store: string,
  change: (text: string) => string = (text) => text,
): Pod => {
  const pod = layOutPod(objects, workload, 'log-agent', folder);
  const file = pod.path(`${configFile.path}`);
  const here = (port: string): number | undefined => ports.get(Number(port));
  const text = readFileSync(file, 'utf8')
    .replace(/endpoint: :(\d+)/g, (_, port) => `endpoint: 127.0.0.1:${here(port)}`)
    .replace(/host: ""(\s+port: )(\d+)/, (_, key, port) => `host: 127.0.0.1${key}${here(port)}`)
    .replace('http://store.logs.svc:4318/otlp', store);
  writeFileSync(file, change(text));
  return pod;
};

/** The receivers of these tests read JSON, which needs no library. */
export const inJson = (text: string): string =>
  text.replace(/^( +)(endpoint: http:.*)$/m, '$1$2\n$1encoding: json');

/** Starts it with the shipped flags. */
export const startAgent = (pod: Pod, ports: Ports): Promise<RunningEngine> => {
  const status = ports.get(endpoints.status!.port);
  if (status === undefined) throw new Error('The agent has no health page.');
  return startEngine({
    binary: 'otelcol-k8s',
    args: () => pod.args,
    env: { ...pod.env, [nodeVariable]: 'worker-1' },
    port: status,
    readyPath: '/',
  });
};

/** The sum of the samples of a metric on the page of the agent. */
export const agentMetric = async (ports: Ports, metric: string): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${ports.get(8888)}/metrics`)).text();
  const samples = [...text.matchAll(new RegExp(`^${metric}(?:\\{.*\\})? (\\S+)$`, 'gm'))];
  return samples.reduce((sum, [, value]) => sum + Number(value), 0);
};
