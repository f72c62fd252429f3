import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { someBackup } from '../components/backup.js';
import { build, minimal } from '../environment.js';
import { type Cluster, startCluster } from './cluster.js';
import { type ControlPlane, startControlPlane } from './cluster-control-plane.js';
import { startNodes } from './cluster-nodes.js';
import { createPod } from './cluster-pods.js';
import { find } from './shipped.js';
import { eventually } from './wait.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-cluster-backup-'));
const objects = build({ ...minimal, backup: someBackup }).manifests.map(({ object }) => object);
const namespace = 'crowsnest';
let cluster: Cluster;
let controlPlane: ControlPlane;
let standIns: Awaited<ReturnType<typeof startNodes>>;

beforeAll(async () => {
  cluster = await startCluster();
  controlPlane = await startControlPlane(cluster, folder);
  standIns = await startNodes(cluster, [{ name: 'one' }]);
  await cluster.kubectl(['create', 'namespace', namespace]);
  await eventually('the namespace has a service account', async () =>
    (await cluster.request({ path: `/api/v1/namespaces/${namespace}/serviceaccounts/default` }))
      .status === 200
      ? true
      : undefined,
  );
});
afterAll(async () => {
  await standIns?.stop();
  await controlPlane?.stop();
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const pods = `/api/v1/namespaces/${namespace}/pods`;

/** Creates a pod; its volumes and accounts play no role here. */
const create = async (
  name: string,
  labels: Record<string, string>,
  affinity: unknown,
): Promise<void> => {
  const { status, body } = await createPod(cluster, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { affinity, containers: [{ name: 'one', image: 'example.com/one:1' }] },
  } as KubernetesObject);
  if (status >= 300) throw new Error(body.message);
};
const nodeOf = async (name: string): Promise<string | undefined> =>
  (await cluster.request({ path: `${pods}/${name}` })).body.spec?.nodeName;
const isScheduled = (name: string) => eventually(`${name} is scheduled`, () => nodeOf(name), 60);
const waits = (name: string) =>
  eventually(`${name} waits`, async () => {
    const { body } = await cluster.request({ path: `${pods}/${name}` });
    const conditions: { type: string; message?: string }[] = body.status?.conditions ?? [];
    return conditions.find(({ type }) => type === 'PodScheduled')?.message;
  });

it.each(['backup-jaeger', 'restore-jaeger-0', 'restore-grafana-0'])(
  'the job %s waits until its workload is stopped, and the workload until the job has ended',
  async (job) => {
    const { spec } = find(objects, 'CronJob', `crowsnest-${job}`).spec.jobTemplate.spec.template;
    const writer = `crowsnest-${job.split('-')[1]}-0`;
    // The StatefulSet controller sets this label.
    const labels = { 'statefulset.kubernetes.io/pod-name': writer };
    await create(writer, labels, undefined);
    await isScheduled(writer);
    await create(job, {}, spec.affinity);
    expect(await waits(job)).toContain('anti-affinity');

    await cluster.request({ method: 'DELETE', path: `${pods}/${writer}` });
    expect(await isScheduled(job)).toBe('one');
    await eventually('the pod is gone', async () =>
      (await cluster.request({ path: `${pods}/${writer}` })).status === 404 ? true : undefined,
    );
    await create(writer, labels, undefined);
    expect(await waits(writer)).toContain('anti-affinity');

    const ended = { status: { phase: 'Succeeded' } };
    await cluster.request({ method: 'PATCH', path: `${pods}/${job}/status`, body: ended });
    expect(await isScheduled(writer)).toBe('one');
    for (const name of [writer, job])
      await cluster.request({ method: 'DELETE', path: `${pods}/${name}` });
    await eventually('no pod is left', async () =>
      (await cluster.request({ path: pods })).body.items.length === 0 ? true : undefined,
    );
  },
);
