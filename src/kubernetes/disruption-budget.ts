import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Identity } from '../model/identity.js';
import { api } from './api.js';

/** Allows a node drain to evict one replica at a time; with a single replica it would block the drain. */
export const disruptionBudget = (
  scope: Construct,
  { name, namespace, labels, selector }: Identity,
): void => {
  new api.KubePodDisruptionBudget(scope, `${name}-disruption-budget`, {
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      maxUnavailable: api.IntOrString.fromNumber(1),
      // By default, pods that are not ready are not evicted while too few are healthy, which blocks the drain.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: { ...selector } },
    },
  });
};

/**
 * Spreads replicas over nodes, and over zones if there are any. A strict spread never puts two on one
 * node while another node is available. Nodes with a taint that the pods do not tolerate do not count:
 * if fewer nodes than replicas are left, two replicas share a node instead of waiting.
 */
export const spread = (
  { selector }: Identity,
  { strict }: { readonly strict: boolean },
): k8s.TopologySpreadConstraint[] => {
  const over = (topologyKey: string) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...selector } },
  });
  return [
    {
      ...over('kubernetes.io/hostname'),
      ...(strict && { whenUnsatisfiable: 'DoNotSchedule', nodeTaintsPolicy: 'Honor' }),
    },
    over('topology.kubernetes.io/zone'),
  ];
};
