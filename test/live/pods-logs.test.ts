import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { systemProgram } from '../engines/debian.js';
import { canMakeMachine } from './node-machine.js';
import { startPolicyController } from './node-policy.js';
import { bystander, bystanderImage } from './pods-bystanders.js';
import { isReady, type NodeCluster, reasonOf, startNode } from './pods-cluster.js';
import { clusterDns } from './pods-dns.js';
import { logStoreThere } from './pods-log-store.js';
import { podProcesses } from './pods-process.js';
import { localVolumes } from './pods-volumes.js';
import { eventually } from './wait.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const line = `{"level":"error","msg":"no stock","trace_id":"${traceId}"}`;

/** A pod that writes one line. */
const shop = bystander('shop', 'web-0', { app: 'web' }, 8080);
const [server] = shop.spec.containers;
server.args = ['sh', '-c', `echo '${line}'; exec /busybox sleep 3600`];

describe.skipIf(!canMakeMachine)('the log agent on a node', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
  const store = logStoreThere(folder);
  let cluster: NodeCluster;

  const create = (items: readonly KubernetesObject[]) =>
    cluster.controlPlane.kubectl(
      ['apply', '--server-side', '--validate=strict', '-f', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    );

  beforeAll(async () => {
    cluster = await startNode(folder, [
      { ...bystanderImage, binary: await systemProgram('busybox') },
      ...(await store.images()),
    ]);
    const namespaces = store.objects.filter(({ kind }) => kind === 'Namespace');
    await create([
      ...namespaces,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
      // The controller that creates them can take longer than the first pod.
      ...['shop', ...store.namespaces].map((namespace) => ({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { namespace, name: 'default' },
      })),
      ...clusterDns,
    ]);
    const volumes = { folder: join(folder, 'lib', 'volumes'), seenAs: '/var/lib/volumes' };
    await startPolicyController(cluster.machine, cluster.controlPlane);
    await create([
      ...localVolumes(store.objects, volumes),
      ...store.objects.filter((one) => !namespaces.includes(one)),
      shop,
    ]);
    await eventually('the pods are ready', async () => {
      const all = [...(await cluster.pods()).values()];
      const waiting = all.filter((pod) => !isReady(pod)).map(reasonOf);
      if (waiting.length > 0) throw new Error(waiting.join(', '));
      return all.some(({ metadata }) => metadata.name.startsWith('crowsnest-log-agent-'))
        ? true
        : undefined;
    });
  });
  afterAll(async () => {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('runs as root without capabilities, on a read-only root', async () => {
    const own = (await podProcesses(cluster)).filter(({ container }) => container === 'log-agent');
    expect(own).toMatchObject([
      {
        user: 0,
        capabilities: 0,
        canGainPrivileges: false,
        seccomp: 'filter',
        rootWritable: false,
      },
    ]);
  });

  it('sends a line of a pod to the store, with namespace, pod, container and trace ID', async ({
    annotate,
  }) => {
    const found = await eventually('the line', () => store.lineOf(cluster, traceId));
    expect(found).toMatchObject({
      text: line,
      namespace: 'shop',
      pod: 'web-0',
      container: 'server-8080',
      traceId,
      severity: 'error',
    });
    await annotate(`the store is ${store.title}`, 'figure');
  });
});
