import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type KubernetesObject, titleOf } from '../../src/model/manifest.js';
import { engineBinary } from '../engines/installation.js';
import { type Cluster, startCluster } from './cluster.js';
import { apply, deploy } from './cluster-apply.js';
import { type ControlPlane, startControlPlane } from './cluster-control-plane.js';
import { startNodes } from './cluster-nodes.js';
import { componentOf, workloadsOf } from './cluster-pods.js';
import { folderOf } from './cluster-prerequisites.js';
import { canGrow, doubled, synthesizeGrown } from './grown.js';
import { environments, shipped } from './shipped.js';
import { eventually } from './wait.js';

const run = promisify(execFile);
const repository = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const workers = ['one', 'two', 'three'];
const nodes = [
  ...workers.map((name) => ({ name })),
  {
    name: 'control-plane',
    taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }],
  },
];

describe.each(environments)('with scheduler and controllers, %s', (environment) => {
  const objects = shipped(environment);
  const claims = objects.filter(({ kind }) => kind === 'PersistentVolumeClaim');
  let cluster: Cluster;
  let controlPlane: ControlPlane;
  /** The folder that was applied last. */
  let current = folderOf(environment);
  let standIns: Awaited<ReturnType<typeof startNodes>>;

  beforeAll(async () => {
    const place = join(folder, environment);
    mkdirSync(place);
    cluster = await startCluster();
    controlPlane = await startControlPlane(cluster, place);
    standIns = await startNodes(cluster, nodes);
    await deploy(cluster, environment);
  });
  afterAll(async () => {
    await standIns?.stop();
    await controlPlane?.stop();
    await cluster?.stop();
  });

  const list = async (kind: string): Promise<KubernetesObject[]> => {
    const { stdout } = await cluster.kubectl(['get', kind, '--all-namespaces', '--output=json']);
    return JSON.parse(stdout).items;
  };
  const claimsBySize = async () =>
    Object.fromEntries(
      (await list('persistentvolumeclaims')).map(({ metadata, status }) => [
        metadata.name,
        `${status.phase} ${status.capacity?.storage}`,
      ]),
    );
  const uids = async (kind: string) =>
    (await list(kind)).map(({ metadata }) => (metadata as unknown as { uid: string }).uid).sort();

  /** The nodes of the ready pods of each workload. */
  const placed = async (): Promise<Record<string, string[]>> => {
    const found: Record<string, string[]> = {};
    for (const pod of await list('pods')) {
      const conditions: { type: string; status: string }[] = pod.status.conditions ?? [];
      if (!conditions.some(({ type, status }) => type === 'Ready' && status === 'True')) continue;
      const component = componentOf(pod);
      found[component] = [...(found[component] ?? []), pod.spec.nodeName].sort();
    }
    return found;
  };
  const meant = Object.fromEntries(
    workloadsOf(objects).map((workload) => [
      componentOf(workload),
      workload.kind === 'DaemonSet' ? nodes.length : workload.spec.replicas,
    ]),
  );
  const settled = () =>
    eventually('every workload has its pods', async () => {
      const counts = Object.entries(await placed()).map(([name, found]) => [name, found.length]);
      expect(Object.fromEntries(counts)).toEqual(meant);
      return true;
    });
  const rolledOut = async () => {
    for (const { kind, metadata } of workloadsOf(objects)) {
      const { failed, stderr } = await cluster.kubectl([
        ...['rollout', 'status', `${kind.toLowerCase()}/${metadata.name}`],
        ...[`--namespace=${metadata.namespace}`, '--timeout=100s'],
      ]);
      expect({ workload: metadata.name, failed, stderr }).toMatchObject({ failed: false });
    }
  };

  it('has exactly the intended pods', async ({ annotate }) => {
    if (environment === environments[0]) {
      await annotate(
        'kubelets and a storage driver: the test itself reports running pods and existing volumes',
        'not shown',
      );
    }
    await settled();
    await rolledOut();
    expect(await list('pods')).toHaveLength(Object.values(meant).reduce((a, b) => a + b, 0));
  });

  it('has one pod of each node agent on every node, and the replicas of others on different workers', async () => {
    const found = await placed();
    for (const workload of workloadsOf(objects)) {
      const component = componentOf(workload);
      const on = found[component] ?? [];
      if (workload.kind === 'DaemonSet') expect(on).toEqual(nodes.map(({ name }) => name).sort());
      else expect(workers).toEqual(expect.arrayContaining(on));
      expect({ component, nodes: new Set(on).size }).toEqual({ component, nodes: on.length });
    }
  });

  it('binds each claim with its declared size, and creates no others', async () => {
    const sizes = claims.map(({ metadata, spec }) => [
      metadata.name,
      `Bound ${spec.resources.requests.storage}`,
    ]);
    expect(await claimsBySize()).toEqual(Object.fromEntries(sizes));
  });

  it('restarts every workload, each with the same claims', async () => {
    const before = { pods: await uids('pods'), claims: await uids('persistentvolumeclaims') };
    const changed = workloadsOf(objects).map(({ spec, ...workload }) => {
      const { metadata } = spec.template;
      const annotations = { ...metadata.annotations, 'example.com/rolled': 'once' };
      const template = { ...spec.template, metadata: { ...metadata, annotations } };
      return stringify({ ...workload, spec: { ...spec, template } });
    });
    const { failed, stderr } = await cluster.kubectl(
      ['apply', '--server-side', '-f', '-'],
      changed.join('---\n'),
    );
    expect({ failed, stderr }).toEqual({ failed: false, stderr: '' });
    await rolledOut();
    await settled();
    const after = await uids('pods');
    expect(after.filter((uid) => before.pods.includes(uid))).toEqual([]);
    expect(await uids('persistentvolumeclaims')).toEqual(before.claims);
  });

  const apart = workloadsOf(objects).filter(({ spec }) =>
    JSON.stringify(spec.template.spec.topologySpreadConstraints ?? []).includes('DoNotSchedule'),
  );
  if (apart.length > 0) {
    it('lets replicas share the only remaining worker, without a pending pod', async () => {
      const others = workers.slice(1);
      const kubectl = async (...args: string[]) => {
        const { failed, stderr } = await cluster.kubectl(args);
        expect({ failed, stderr }).toEqual({ failed: false, stderr: '' });
      };
      await kubectl('cordon', ...others);
      const before = await uids('pods');
      for (const { metadata, spec } of apart) {
        const labels = Object.entries(spec.selector.matchLabels).map(
          ([key, value]) => `${key}=${value}`,
        );
        await kubectl(
          'delete',
          'pods',
          `--namespace=${metadata.namespace}`,
          `--selector=${labels}`,
        );
      }
      await settled();
      expect(await uids('pods')).not.toEqual(before);
      const found = await placed();
      for (const workload of apart) {
        expect(new Set(found[componentOf(workload)])).toEqual(new Set(workers.slice(0, 1)));
      }
      await kubectl('uncordon', ...others);
    });
  }

  if (canGrow(environment)) {
    it('corrects the size of a lost claim at the next apply', async () => {
      const [{ metadata, spec } = claims[0]!] = claims.filter(
        ({ spec: one }) => one.resources.requests.storage !== '1Gi',
      );
      const namespace = `--namespace=${metadata.namespace}`;
      const before = await uids('persistentvolumeclaims');
      const sizeOf = async () => (await claimsBySize())[metadata.name];
      const [, pod] = /^data-(.+)$/.exec(metadata.name) ?? [];
      await cluster.kubectl(['delete', 'pvc', metadata.name, namespace, '--wait=false']);
      await cluster.kubectl(['delete', 'pod', `${pod}`, namespace]);
      await eventually('the claim is gone', async () => {
        const left = await uids('persistentvolumeclaims');
        return before.every((uid) => left.includes(uid)) ? undefined : true;
      });
      // A driver deletes the volume of a deleted claim.
      const volume = `volume-${metadata.namespace}-${metadata.name}`;
      await cluster.kubectl(['delete', 'pv', volume, '--wait=false']);
      await eventually('the StatefulSet makes another claim', async () =>
        (await sizeOf()) === 'Bound 1Gi' ? true : undefined,
      );
      // The field manager of the size is the controller that created the claim.
      const conflict = await apply(cluster, current);
      expect(conflict.stderr).toContain('conflict with "kube-controller-manager"');
      const flags = ['--server-side', '--force-conflicts'];
      const { failed, stderr } = await apply(cluster, current, flags);
      expect({ failed, stderr }).toEqual({ failed: false, stderr: '' });
      await eventually('the claim has its size', async () => {
        expect(await sizeOf()).toBe(`Bound ${spec.resources.requests.storage}`);
        return true;
      });
      await settled();
    });

    it('enlarges every claim by applying the next dist/', async () => {
      const next = join(folder, environment, 'next');
      expect(await synthesizeGrown(environment, next)).toEqual({ ok: true, findings: [] });
      current = join(next, 'dist', environment);
      const { failed, stderr } = await apply(cluster, current);
      expect({ failed, stderr }).toEqual({ failed: false, stderr: '' });
      const sizes = claims.map(({ metadata, spec }) => [
        metadata.name,
        `Bound ${doubled(spec.resources.requests.storage)}`,
      ]);
      await eventually('every claim has grown', async () => {
        expect(await claimsBySize()).toEqual(Object.fromEntries(sizes));
        return true;
      });
      await rolledOut();
      await settled();
    });
  } else {
    it('rejects larger claims at synth, because its storage class is not declared as expandable', async () => {
      const { ok, findings } = await synthesizeGrown(
        environment,
        join(folder, environment, 'next'),
      );
      expect(ok).toBe(false);
      expect(findings.map(({ check }) => check)).toEqual(claims.map(() => 'volumes'));
    });
  }

  it('is removed by the documented commands, except for namespaces and claims, which the next apply reuses', async () => {
    const before = await uids('persistentvolumeclaims');
    const page = readFileSync(join(repository, 'docs/operations.md'), 'utf8');
    const [, documented = ''] = /```sh\n(for file in [^`]*kubectl delete[^`]*)```/.exec(page) ?? [];
    const command = documented.replace('dist/production', current);
    expect(command).not.toBe(documented);
    const path = `${dirname(await engineBinary('kubectl'))}${delimiter}${process.env.PATH}`;
    const kubeconfig = cluster.kubeconfig(join(folder, environment), controlPlane.token);
    await run('bash', ['-euc', command], {
      env: { HOME: folder, PATH: path, KUBECONFIG: kubeconfig },
    });

    const { stdout } = await cluster.kubectl([
      ...['get', '--ignore-not-found', '--output=json', '-f', current],
    ]);
    const left: KubernetesObject[] = JSON.parse(stdout).items;
    const kept = objects.filter(({ kind }) =>
      ['Namespace', 'PersistentVolumeClaim'].includes(kind),
    );
    expect(left.map(titleOf).sort()).toEqual(kept.map(titleOf).sort());
    await eventually('the pods are gone', async () =>
      (await list('pods')).length === 0 ? true : undefined,
    );
    expect(await uids('persistentvolumeclaims')).toEqual(before);

    const { failed, stderr } = await apply(cluster, current);
    expect({ failed, stderr }).toEqual({ failed: false, stderr: '' });
    await settled();
    expect(await uids('persistentvolumeclaims')).toEqual(before);
  });
});
