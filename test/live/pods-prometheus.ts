import type { KubernetesObject } from '../../src/model/manifest.js';
import { network } from './node-network.js';
import type { PodCluster } from './pods-cluster.js';
import { fetchInside, podNetworks } from './pods-inside.js';

/** A target as Prometheus has it. */
export interface Target {
  readonly labels: { readonly job: string };
  readonly scrapeUrl: string;
  readonly health: 'up' | 'down' | 'unknown';
  /** Empty if there is none. */
  readonly lastError: string;
  readonly lastScrape: string;
}

/** A series and its value now. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** The targets that Prometheus has found. */
export const targetsOf = async (cluster: PodCluster): Promise<Target[]> =>
  (await askPrometheus<{ activeTargets: Target[] }>(cluster, 'targets?state=active')).activeTargets;

/** The series that an expression returns now. */
export const queryPrometheus = async (
  cluster: PodCluster,
  expression: string,
): Promise<Sample[]> => {
  const parameters = new URLSearchParams({ query: expression });
  return (await askPrometheus<{ result: Sample[] }>(cluster, `query?${parameters}`)).result;
};

/** How many series each of many expressions returns now, or Prometheus's words where it refuses one. */
export const countSeries = async (
  cluster: PodCluster,
  expressions: readonly string[],
): Promise<(number | string)[]> => {
  const network = await networkOf(cluster, 'crowsnest-prometheus-0');
  const input = JSON.stringify(expressions);
  return JSON.parse(
    await cluster.machine.run([process.execPath, '-e', askEach], { network, input }),
  );
};

const askEach = `
const { text } = require('node:stream/consumers');
text(process.stdin).then(async (input) => {
  const counts = [];
  for (const query of JSON.parse(input)) {
    const body = new URLSearchParams({ query });
    const response = await fetch('http://127.0.0.1:9090/api/v1/query', { method: 'POST', body });
    const { error, data } = await response.json();
    counts.push(error ?? data.result.length);
  }
  process.stdout.write(JSON.stringify(counts));
});
`;

const askPrometheus = async <T>(cluster: PodCluster, path: string): Promise<T> =>
  JSON.parse(await askPod(cluster, 'crowsnest-prometheus-0', `9090/api/v1/${path}`)).data;

/** What a pod of the stack answers on a port, asked from inside its own network. */
export const askPod = async (cluster: PodCluster, name: string, path: string): Promise<string> => {
  const url = `http://127.0.0.1:${path}`;
  const { status, text } = await fetchInside(cluster.machine, await networkOf(cluster, name), url);
  if (status !== 200) throw new Error(`${name}: ${status} ${text}`);
  return text;
};

/** How the API server answers to the token that is mounted in a pod of the stack. */
export const statusWithToken = async (
  cluster: PodCluster,
  name: string,
  path: string,
): Promise<number> => {
  const { uid } = (await podOf(cluster, name)).metadata as { uid?: string };
  const volume = `/var/lib/kubelet/pods/${uid}/volumes/kubernetes.io~projected/api-access`;
  const url = `https://${network.controlPlane}:6443${path}`;
  const [token, certificate] = await Promise.all(
    ['token', 'ca.crt'].map((file) => cluster.machine.run(['cat', `${volume}/${file}`])),
  );
  const own = await networkOf(cluster, name);
  return (await fetchInside(cluster.machine, own, url, { token, certificate })).status;
};

const podOf = async ({ pods }: PodCluster, name: string): Promise<KubernetesObject> => {
  const pod = (await pods()).get(`crowsnest/${name}`);
  if (!pod) throw new Error(`There is no pod ${name}.`);
  return pod;
};

const networkOf = async (cluster: PodCluster, name: string): Promise<string> => {
  const { podIP } = (await podOf(cluster, name)).status;
  const own = (await podNetworks(cluster.machine)).get(podIP);
  if (!own) throw new Error(`${name} has no network.`);
  return own;
};
