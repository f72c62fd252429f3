import type { KubernetesObject } from '../../src/model/manifest.js';
import { freePort } from '../engines/port.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { layOutPod, type Pod } from './pod.js';
import { find } from './shipped.js';

/** The shipped ports of Jaeger, each with a loopback port that replaces it. */
export type Ports = ReadonlyMap<number, number>;

const workload = { kind: 'StatefulSet', name: 'crowsnest-jaeger' };
const address = /\b(endpoint: )(?:127\.0\.0\.1)?:(\d+)$/gm;
const splitAddress = /\b(host: )""(\s+port: )(\d+)$/gm;

const configuration = (objects: readonly KubernetesObject[]): Record<string, string> =>
  find(objects, 'ConfigMap', 'crowsnest-jaeger-config').data;

/** A free port for each port in the shipped configuration. */
export const portsFor = async (objects: readonly KubernetesObject[]): Promise<Ports> => {
  const text = configuration(objects)['config.yaml'] ?? '';
  const shipped = [
    ...[...text.matchAll(address)].map(([, , port]) => Number(port)),
    ...[...text.matchAll(splitAddress)].map(([, , , port]) => Number(port)),
  ];
  const ports = new Map<number, number>();
  for (const port of shipped) ports.set(port, await freePort());
  return ports;
};

/** The pod of Jaeger, with addresses of this machine instead of its own and those of Prometheus. */
export const jaegerPod = (
  objects: readonly KubernetesObject[],
  folder: string,
  ports: Ports,
  prometheus: string,
): Pod => {
  const pod = layOutPod(objects, workload, 'jaeger', folder);
  const files = configuration(objects);
  const text = (files['config.yaml'] ?? '')
    .replace(address, (_, key, port) => `${key}127.0.0.1:${ports.get(Number(port))}`)
    .replace(splitAddress, (_, a, b, port) => `${a}127.0.0.1${b}${ports.get(Number(port))}`)
    .replace(/http:\/\/crowsnest-prometheus\.\S+/, prometheus)
    // As the shipped one, not shorter than the interval at which the test scrapes.
    .replace(/(?<=metrics_flush_interval: )\S+/, '2s');
  pod.update('/etc/jaeger', { ...files, 'config.yaml': text });
  return pod;
};

/** Starts it with the shipped flags. */
export const startJaeger = (pod: Pod, ports: Ports): Promise<RunningEngine> => {
  const status = ports.get(13133);
  if (status === undefined) throw new Error('Jaeger ships without its health page.');
  return startEngine({
    binary: 'jaeger',
    args: () => pod.args,
    port: status,
    readyPath: '/status',
  });
};
