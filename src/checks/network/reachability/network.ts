import type { CheckInput } from '../../../model/check.js';
import type { Manifest } from '../../../model/manifest.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { Policy } from './traffic.js';

type Labels = Readonly<Record<string, string>>;

/** The shipped policies, and the facts that their evaluation needs. */
export interface Network {
  readonly plugin: CheckInput['networkPlugin'];
  readonly nodeCidrs: readonly string[];
  /** All policies that the network plugin supports. */
  readonly policies: readonly Policy[];
  policiesIn(namespace: string): readonly Policy[];
  /** The labels of a namespace: the shipped labels, and the name label that Kubernetes adds. */
  labelsOf(namespace: string): Labels;
}

export const networkOf = ({ manifests, networkPlugin, nodeCidrs }: CheckInput): Network => {
  const policies = manifests.flatMap((one) => policiesFrom(one, networkPlugin));
  const byNamespace = new Map<string, Policy[]>();
  for (const policy of policies) {
    byNamespace.set(policy.namespace, [...(byNamespace.get(policy.namespace) ?? []), policy]);
  }
  const labels = new Map(
    manifests.flatMap(({ object: { kind, metadata } }): [string, Labels][] =>
      kind === 'Namespace' ? [[metadata.name, recordOf(metadata.labels)]] : [],
    ),
  );
  return {
    plugin: networkPlugin,
    nodeCidrs,
    policies,
    policiesIn: (namespace) => byNamespace.get(namespace) ?? [],
    labelsOf: (namespace) => ({
      ...labels.get(namespace),
      'kubernetes.io/metadata.name': namespace,
    }),
  };
};

const policiesFrom = (manifest: Manifest, plugin: CheckInput['networkPlugin']): Policy[] => {
  const { kind, metadata, spec, specs } = manifest.object;
  const namespace = `${metadata.namespace}`;
  if (kind === 'NetworkPolicy') {
    return [{ manifest, kind, namespace, spec: recordOf(spec), path: 'spec' }];
  }
  if (kind !== 'CiliumNetworkPolicy' || plugin !== 'cilium') return [];
  return [
    ...(spec ? [{ manifest, kind, namespace, spec: recordOf(spec), path: 'spec' } as const] : []),
    ...listOf(specs).map(
      (one, index): Policy => ({
        manifest,
        kind,
        namespace,
        spec: recordOf(one),
        path: `specs[${index}]`,
      }),
    ),
  ];
};
