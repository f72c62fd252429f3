import { defineCheck } from '../../model/check.js';
import type { Connection } from '../../model/connection.js';
import type { Manifest } from '../../model/manifest.js';
import { faultIn } from '../support/pod/fault.js';
import { namespacesIn, type PodTemplate, templatesIn } from '../support/pod/template.js';
import { named } from '../support/untyped.js';
import { budgetFaults } from './selectors/budget.js';
import { faults, type Result, type SelectorsFault } from './selectors/faults.js';
import { policyFaults } from './selectors/policy.js';
import { protocolFaults } from './selectors/protocol.js';
import { replicaFaults } from './selectors/replica.js';
import { serviceFaults } from './selectors/service.js';
import { versionFaults } from './selectors/version.js';
import { workloadFaults } from './selectors/workload.js';

const check = defineCheck({
  faults,
  summary:
    'Every selector selects exactly the intended pods: a workload selects its own pods; a Service, a policy or a disruption budget those of one workload, with the ports that clients use; no selector uses a label that changes with the version. A port names the protocol of its endpoint. Replicas that find each other by name have names, and a client of replicas with separate data stays with one of them.',
  run: ({ manifests: all, connections }) => {
    const manifests = named(all);
    const templates = templatesIn(manifests);
    const own = namespacesIn(manifests);
    const guarded = new Map<PodTemplate, Manifest>();
    const found: Result[] = [];
    for (const template of templates) {
      for (const fault of workloadFaults(template, templates, manifests)) {
        found.push(faultIn(template.manifest, fault));
      }
    }
    for (const manifest of manifests) {
      // The pods in foreign namespaces are unknown.
      if (!own.has(`${manifest.object.metadata.namespace}`)) continue;
      for (const fault of [
        ...versionFaults(manifest.object),
        ...faultsOf(manifest, templates, guarded, connections),
      ]) {
        found.push(faultIn(manifest, fault));
      }
    }
    return found;
  },
});

export default check;

const faultsOf = (
  manifest: Manifest,
  templates: readonly PodTemplate[],
  guarded: Map<PodTemplate, Manifest>,
  connections: readonly Connection[],
): SelectorsFault[] => {
  const { object } = manifest;
  const near = templates.filter(({ namespace }) => namespace === object.metadata.namespace);
  switch (object.kind) {
    case 'Service':
      return [
        ...serviceFaults(object, near),
        ...replicaFaults(object, near, connections),
        ...protocolFaults(object, near, connections),
      ];
    case 'PodDisruptionBudget':
      return budgetFaults(manifest, near, guarded);
    case 'NetworkPolicy':
      return policyFaults(object, 'podSelector', near, guestsIn(object, connections));
    case 'CiliumNetworkPolicy':
      return policyFaults(object, 'endpointSelector', near, guestsIn(object, connections));
    default:
      return [];
  }
};

/** The labels of declared pods of others in the namespace of an object. */
const guestsIn = (
  { metadata: { namespace } }: Manifest['object'],
  connections: readonly Connection[],
): Readonly<Record<string, string>>[] =>
  connections
    .flatMap(({ consumer, provider }) => [consumer, provider])
    .flatMap(({ own, location }) =>
      !own && location.kind === 'pods' && location.namespace === namespace ? [location.labels] : [],
    );
