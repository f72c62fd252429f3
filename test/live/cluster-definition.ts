import type { KubernetesObject } from '../../src/model/manifest.js';
import type { Cluster } from './cluster.js';

/** A custom resource without a schema. */
const definition = (group: string, kind: string): KubernetesObject => {
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // Without it, the API server rejects kinds of a group of Kubernetes.
      annotations: { 'api-approved.kubernetes.io': 'https://example.com/a-stand-in-for-tests' },
    },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase() },
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
  };
};

/** Installs custom resources without schemas, whose plural has an s, and waits until they are served. */
export const installDefinitions = async (
  cluster: Pick<Cluster, 'kubectl'>,
  group: string,
  kinds: readonly string[],
): Promise<void> => {
  const items = kinds.map((kind) => definition(group, kind));
  const names = items.map(({ metadata }) => `crd/${metadata.name}`);
  for (const [args, input] of [
    [
      ['apply', '--server-side', '-f', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    ],
    [['wait', '--for=condition=Established', '--timeout=60s', ...names], undefined],
  ] as const) {
    const { failed, stderr } = await cluster.kubectl(args, input);
    if (failed) throw new Error(stderr);
  }
};
