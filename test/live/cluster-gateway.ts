import type { KubernetesObject } from '../../src/model/manifest.js';
import type { Cluster } from './cluster.js';

const group = 'gateway.networking.k8s.io';

/**
 * A kind of the Gateway API without a schema: the check `schema` validates the fields with the real
 * one.
 */
const definition = (kind: string): KubernetesObject => {
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // Without it, the API server rejects kinds of this group.
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

/**
 * Installs the kinds of the Gateway API that the stack uses or requires, and waits until they are
 * served.
 */
export const installGatewayApi = async (cluster: Pick<Cluster, 'kubectl'>): Promise<void> => {
  const items = ['Gateway', 'HTTPRoute'].map(definition);
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
