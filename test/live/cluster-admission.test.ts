import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { type Cluster, startCluster } from './cluster.js';
import { deploy } from './cluster-apply.js';
import { createPod, podOf, workloadsOf } from './cluster-pods.js';
import { environments, shipped } from './shipped.js';

const dryRun = true;
const stack = 'crowsnest';
const agents = 'crowsnest-agents';

describe.each(environments)('with %s applied, Pod Security', (environment) => {
  const workloads = workloadsOf(shipped(environment)).map(
    (workload) => [`${workload.kind} ${workload.metadata.name}`, podOf(workload)] as const,
  );
  const ofNode = workloads.filter(([, pod]) => pod.metadata.namespace === agents);
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
    await deploy(cluster, environment);
  });
  afterAll(() => cluster?.stop());

  it.each(workloads)('admits the pods of %s without a warning', async (_, pod) => {
    const { status, warnings, body } = await createPod(cluster, pod, { dryRun });
    expect({ status, warnings, message: body.message }).toEqual({
      status: 201,
      warnings: [],
      message: undefined,
    });
  });

  it(`has the node agents in ${agents}, and nothing else`, () => {
    const names = workloads.map(([name]) => name).filter((name) => name.startsWith('DaemonSet '));
    expect(ofNode.map(([name]) => name)).toEqual(names);
  });

  it.each(ofNode)(`rejects the pods of %s in ${stack}`, async (_, pod) => {
    const account = 'crowsnest-prometheus';
    const moved: KubernetesObject = {
      ...pod,
      metadata: { ...pod.metadata, namespace: stack },
      spec: { ...pod.spec, serviceAccountName: account },
    };
    const { status, body } = await createPod(cluster, moved, { dryRun });
    expect(status).toBe(403);
    expect(body.message).toContain('violates PodSecurity "restricted:latest"');
  });

  it.each([
    ['a privileged container', { securityContext: { privileged: true } }, 'privileged'],
    ['a container as root', { securityContext: { runAsUser: 0 } }, 'runAsUser=0'],
    [
      'a container with a capability',
      { securityContext: { capabilities: { add: ['NET_ADMIN'] } } },
      'capabilities',
    ],
  ])(`rejects %s in ${stack}`, async (_, container, reason) => {
    const { status, body } = await createPod(
      cluster,
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'intruder', namespace: stack },
        spec: {
          serviceAccountName: 'crowsnest-prometheus',
          containers: [{ name: 'intruder', image: 'example.com/intruder', ...container }],
        },
      },
      { dryRun },
    );
    expect(status).toBe(403);
    expect(body.message).toContain('violates PodSecurity "restricted:latest"');
    expect(body.message).toContain(reason);
  });
});
