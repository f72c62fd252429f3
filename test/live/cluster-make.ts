import type { KubernetesObject } from '../../src/model/manifest.js';
import type { Cluster } from './cluster.js';

const rejected = async (
  run: Promise<{ readonly failed: boolean; readonly stderr: string }>,
): Promise<void> => {
  const { failed, stderr } = await run;
  if (failed) throw new Error(stderr);
};

const list = (items: readonly object[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

/** A kind of a group, without a schema, so that the API server serves the group. */
const definitionOf = (group: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `samples.${group}` },
  spec: {
    group,
    scope: 'Cluster',
    names: { kind: 'Sample', plural: 'samples', singular: 'sample' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    ],
  },
});

const ofServers = ({ kind, metadata }: KubernetesObject): boolean =>
  ['Service', 'EndpointSlice'].includes(kind) && metadata.name === 'kubernetes';

/**
 * Creates objects with their status, calls a function, and removes them. The API server itself has the Service `kubernetes`; an
 * APIService follows from a custom resource definition.
 */
export const withObjects = async <T>(
  cluster: Cluster,
  objects: readonly KubernetesObject[],
  run: () => Promise<T>,
): Promise<T> => {
  const namespaces = [...new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))];
  const definitions = objects
    .filter(({ kind }) => kind === 'APIService')
    .map(({ spec }) => definitionOf(spec.group));
  const items = [
    ...definitions,
    ...objects.filter((one) => one.kind !== 'APIService' && !ofServers(one)),
  ];
  await rejected(
    cluster.kubectl(
      ['apply', '--server-side', '-f', '-'],
      list([
        ...namespaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
        ...namespaces.map((namespace) => ({
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'default', namespace },
        })),
      ]),
    ),
  );
  try {
    await rejected(cluster.kubectl(['create', '-f', '-'], list(items)));
    for (const { metadata } of definitions) {
      await rejected(
        cluster.kubectl(['wait', '--for=condition=Established', `crd/${metadata.name}`]),
      );
    }
    for (const { kind, metadata, status } of items as KubernetesObject[]) {
      if (!status) continue;
      const path =
        kind === 'Node'
          ? `/api/v1/nodes/${metadata.name}`
          : `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;
      const answer = await cluster.request({
        method: 'PATCH',
        path: `${path}/status`,
        body: { status },
      });
      if (answer.status !== 200) throw new Error(`${path}: ${answer.body.message}`);
    }
    return await run();
  } finally {
    await rejected(
      cluster.kubectl(
        ['delete', '--ignore-not-found', '--force', '--grace-period=0', '-f', '-'],
        list(items),
      ),
    );
  }
};
