import type { KubernetesObject } from '../../src/model/manifest.js';
import { network } from './node-network.js';
import type { Series } from './panel-alarms.js';
import type { NodeCluster, PodCluster } from './pods-cluster.js';
import { fetchInside, podNetworks } from './pods-inside.js';
import { type QueryData, type Question, type Sample, seriesOf } from './prometheus-answer.js';

/** A target in the API of Prometheus. */
export interface Target {
  readonly labels: { readonly job: string };
  readonly scrapeUrl: string;
  readonly health: 'up' | 'down' | 'unknown';
  /** Empty if there is no error. */
  readonly lastError: string;
  readonly lastScrape: string;
}

/** The targets that Prometheus has discovered. */
export const targetsOf = async (cluster: PodCluster): Promise<Target[]> =>
  (await askPrometheus<{ activeTargets: Target[] }>(cluster, 'targets?state=active')).activeTargets;

/** The current series of an expression. */
export const queryPrometheus = async (
  cluster: NodeCluster,
  expression: string,
): Promise<Sample[]> => {
  const parameters = new URLSearchParams({ query: expression });
  return (await askPrometheus<{ result: Sample[] }>(cluster, `query?${parameters}`)).result;
};

/** The series of each query, or the error message of Prometheus. */
export const answersTo = async (
  cluster: PodCluster,
  questions: readonly Question[],
): Promise<(readonly Series[] | string)[]> => {
  const network = await networkOf(cluster, 'crowsnest-prometheus-0');
  const input = JSON.stringify(questions);
  const answers: readonly { error?: string; data: QueryData }[] = JSON.parse(
    await cluster.machine.run([process.execPath, '-e', askEach], { network, input }),
  );
  return answers.map(({ error, data }) => error ?? seriesOf(data));
};

/** The current number of series of each expression, or the error message of Prometheus. */
export const countSeries = async (
  cluster: PodCluster,
  expressions: readonly string[],
): Promise<(number | string)[]> => {
  const questions = expressions.map((query) => ({ query }));
  const answers = await answersTo(cluster, questions);
  return answers.map((answer) => (typeof answer === 'string' ? answer : answer.length));
};

const askEach = `
const { text } = require('node:stream/consumers');
text(process.stdin).then(async (input) => {
  const answers = [];
  for (const { query, period } of JSON.parse(input)) {
    const body = new URLSearchParams({ query, ...period });
    const url = 'http://127.0.0.1:9090/api/v1/' + (period ? 'query_range' : 'query');
    const response = await fetch(url, { method: 'POST', body });
    const { error, data } = await response.json();
    answers.push({ error, data });
  }
  process.stdout.write(JSON.stringify(answers));
});
`;

const askPrometheus = async <T>(cluster: NodeCluster, path: string): Promise<T> =>
  JSON.parse(await askPod(cluster, 'crowsnest-prometheus-0', `9090/api/v1/${path}`)).data;

/** The answer of a pod of the stack on a port, requested from its own network; with a body, to a POST. */
export const askPod = async (
  cluster: NodeCluster,
  name: string,
  path: string,
  body?: string,
): Promise<string> => {
  const url = `http://127.0.0.1:${path}`;
  const own = await networkOf(cluster, name);
  const { status, text } = await fetchInside(cluster.machine, own, url, { body });
  if (status !== 200) throw new Error(`${name}: ${status} ${text}`);
  return text;
};

/** The answer of the API server to the token that is mounted in a pod of the stack. */
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

const podOf = async ({ pods }: NodeCluster, name: string): Promise<KubernetesObject> => {
  const pod = (await pods()).get(`crowsnest/${name}`);
  if (!pod) throw new Error(`There is no pod ${name}.`);
  return pod;
};

const networkOf = async (cluster: NodeCluster, name: string): Promise<string> => {
  const { podIP } = (await podOf(cluster, name)).status;
  const own = (await podNetworks(cluster.machine)).get(podIP);
  if (!own) throw new Error(`${name} has no network.`);
  return own;
};
