import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compare } from '../../src/diff/compare.js';
import { snapshotOfFiles } from '../../src/diff/snapshot.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { folderOf } from '../live/cluster-prerequisites.js';
import { distAt, earlierCommits, git } from '../live/earlier-dist.js';
import { canMakeMachine } from '../live/node-machine.js';
import { traceRequest } from '../live/otlp-trace.js';
import {
  type NodeCluster,
  prepareCluster,
  startNode,
  untilReady,
  workloadsThere,
} from '../live/pods-cluster.js';
import { askPod, queryPrometheus } from '../live/pods-prometheus.js';
import { eventually } from '../live/wait.js';

const environment = 'development';

/** The images in the manifests of a commit: only the current ones can be built here. */
const imagesAt = (commit: string): string =>
  [
    ...git('grep', '-h', 'image: ', commit, '--', `dist/${environment}/*.yaml`).matchAll(
      /image: "?([^"\s]+)/g,
    ),
  ]
    .map(([, image]) => image)
    .sort()
    .join();

/** The oldest commit with other manifests, but the same images; `FROM` names another one. */
const from =
  process.env.FROM ??
  earlierCommits()
    .filter((commit) => imagesAt(commit) === imagesAt('HEAD'))
    .at(-1);

const filesIn = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

describe.skipIf(!canMakeMachine || !from)('an upgrade of the development environment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-long-'));
  const before = join(distAt(`${from}`, folder), environment);
  const after = folderOf(environment);
  let cluster: NodeCluster;
  const kubectl = (...args: string[]) => cluster.controlPlane.kubectl(args);
  const apply = (source: string) => kubectl('apply', '--server-side', '-f', source);
  const claims = async (): Promise<string[]> =>
    (await cluster.controlPlane.list('persistentvolumeclaims')).map(
      ({ metadata }) => `${metadata.name} ${(metadata as { uid?: string }).uid}`,
    );
  const podsOf = async (): Promise<ReadonlyMap<string, string>> =>
    new Map(
      [...(await cluster.pods()).values()].map(({ metadata }) => [
        metadata.name,
        (metadata as { uid?: string }).uid ?? '',
      ]),
    );

  beforeAll(async () => {
    cluster = await startNode(folder);
    await prepareCluster(environment, cluster.controlPlane, folder);
    await apply(before);
    await untilReady(cluster, environment);
  });
  afterAll(async () => {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps series, silences, traces and claims, and restarts what diff reported', async ({
    annotate,
  }) => {
    const silence = {
      matchers: [{ name: 'alertname', value: 'Upgrade', isRegex: false, isEqual: true }],
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      createdBy: 'the test',
      comment: 'before the upgrade',
    };
    const { silenceID } = JSON.parse(
      await askPod(
        cluster,
        'crowsnest-alertmanager-0',
        '9093/api/v2/silences',
        JSON.stringify(silence),
      ),
    ) as { silenceID: string };
    const {
      body,
      traceIds: [traceId],
    } = traceRequest([{ service: 'checkout' }]);
    await askPod(cluster, 'crowsnest-jaeger-0', '4318/v1/traces', body);
    const kept = async (): Promise<Record<string, boolean>> => ({
      silence: (
        await askPod(cluster, 'crowsnest-alertmanager-0', `9093/api/v2/silence/${silenceID}`)
      ).includes('"active"'),
      trace: (await askPod(cluster, 'crowsnest-jaeger-0', `16686/api/traces/${traceId}`)).includes(
        'GET /order',
      ),
    });
    const all = { silence: true, trace: true };
    await eventually('the data is stored', async () => {
      expect(await kept()).toEqual(all);
      return true;
    });
    await eventually('there are samples', async () =>
      (await queryPrometheus(cluster, 'up == 1')).at(0),
    );
    const time = Date.now() / 1000;
    const series = (await queryPrometheus(cluster, `up @ ${time}`)).length;
    const [claimed, started] = [await claims(), await podsOf()];
    expect(series).toBeGreaterThan(0);

    const changes = compare(snapshotOfFiles(filesIn(before)), snapshotOfFiles(filesIn(after)));
    const announced = changes
      .filter(({ section, effect }) => section === 'workloads' && effect === 'restarts')
      .map(({ subject }) => subject.replace(/^.*\//, ''));
    const start = performance.now();
    await apply(after);
    await eventually('every controller has its new pods', async () => {
      const kinds = ['statefulsets', 'deployments', 'daemonsets'];
      const found = (
        await Promise.all(kinds.map((kind) => cluster.controlPlane.list(kind)))
      ).flat();
      const behind = found.filter((one) => isThere(one) && !isRolledOut(one));
      if (behind.length > 0) throw new Error(behind.map(({ metadata }) => metadata.name).join());
      return true;
    });
    await untilReady(cluster, environment);
    const seconds = Math.round((performance.now() - start) / 1000);

    expect(await claims()).toEqual(claimed);
    await eventually('the data is still there', async () => {
      expect(await kept()).toEqual(all);
      return true;
    });
    expect((await queryPrometheus(cluster, `up @ ${time}`)).length).toBe(series);
    const now = await podsOf();
    // Grafana has no image here: its pod never runs.
    const there = workloadsThere(environment)
      .map(({ metadata }) => metadata.name)
      .filter((name) => podsWith(name, started).length > 0);
    const restarted = there.filter((name) =>
      podsWith(name, now).some((pod) => started.get(pod) !== now.get(pod)),
    );
    expect(restarted).toEqual(there.filter((name) => announced.includes(name)));
    await annotate(
      `from ${from} to this version: ${restarted.length} of ${there.length} workloads restarted, as diff reported; all were ready ${seconds} s after kubectl apply; ${series} series, a silence and a trace were kept`,
      'figure',
    );
  });

  it('finds the data of a component that was removed and added again', async () => {
    const {
      body,
      traceIds: [traceId],
    } = traceRequest([{ service: 'checkout' }]);
    await askPod(cluster, 'crowsnest-jaeger-0', '4318/v1/traces', body);
    const isFound = async () =>
      (await askPod(cluster, 'crowsnest-jaeger-0', `16686/api/traces/${traceId}`)).includes(
        'GET /order',
      ) || undefined;
    await eventually('the trace is stored', isFound);
    await kubectl(
      '--namespace=crowsnest',
      'delete',
      'statefulset,service,configmap,serviceaccount,networkpolicy',
      '--selector=app.kubernetes.io/name=jaeger',
    );
    await eventually(
      'its pod has ended',
      async () => !(await podsOf()).has('crowsnest-jaeger-0') || undefined,
    );
    await apply(after);
    await untilReady(cluster, environment);
    await eventually('the trace is there again', isFound);
  });
});

/** The pods of a workload among those by name. */
const podsWith = (workload: string, pods: ReadonlyMap<string, string>): string[] =>
  [...pods.keys()].filter((pod) => pod.startsWith(`${workload}-`));

const isThere = ({ metadata }: KubernetesObject): boolean =>
  workloadsThere(environment).some((one) => one.metadata.name === metadata.name);

/** Whether all its pods are those of its current template. */
const isRolledOut = ({ metadata, spec, status }: KubernetesObject): boolean => {
  const { generation } = metadata as { generation?: number };
  const wanted = status.desiredNumberScheduled ?? spec.replicas ?? 1;
  return (
    status.observedGeneration === generation &&
    (status.updatedReplicas ?? status.updatedNumberScheduled ?? 0) === wanted &&
    (status.readyReplicas ?? status.numberReady ?? 0) === wanted
  );
};
