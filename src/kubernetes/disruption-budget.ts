import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Identity } from '../model/identity.js';

/** Lets a node drain take one replica at a time; of a single replica it would block the drain. */
export const disruptionBudget = (
  scope: Construct,
  { name, namespace, labels, selector }: Identity,
): void => {
  new k8s.KubePodDisruptionBudget(scope, `${name}-disruption-budget`, {
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      selector: { matchLabels: { ...selector } },
    },
  });
};

/** Keeps replicas apart: on other nodes, and in other zones where there are any. */
export const spread = ({ selector }: Identity): k8s.TopologySpreadConstraint[] =>
  ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...selector } },
  }));
