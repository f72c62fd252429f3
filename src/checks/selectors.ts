import type { Check } from '../model/check.js';
import type { Connection } from '../model/connection.js';
import type { Finding } from '../model/finding.js';
import type { Manifest } from '../model/manifest.js';
import { errorIn, type Fault } from './pod/fault.js';
import { namespacesIn, type PodTemplate, templatesIn } from './pod/template.js';
import { named } from './reference/lenient.js';
import { budgetFaults } from './selection/budget.js';
import { policyFaults } from './selection/policy.js';
import { replicaFaults } from './selection/replica.js';
import { serviceFaults } from './selection/service.js';
import { workloadFaults } from './selection/workload.js';

const check: Check = {
  summary:
    'Every selector selects exactly the pods that it means: a workload its own, a Service, policy or disruption budget those of one workload, with the ports that are asked of them; replicas that find each other by name have names, and whoever asks one of several with data of their own stays with it.',
  run: ({ manifests: all, connections }) => {
    const manifests = named(all);
    const templates = templatesIn(manifests);
    const own = namespacesIn(manifests);
    const guarded = new Map<PodTemplate, Manifest>();
    const found: Omit<Finding, 'check'>[] = [];
    for (const template of templates) {
      for (const fault of workloadFaults(template, templates, manifests)) {
        found.push(errorIn(template.manifest, fault));
      }
    }
    for (const manifest of manifests) {
      // What pods there are in namespaces of others is not known here.
      if (!own.has(`${manifest.object.metadata.namespace}`)) continue;
      for (const fault of faultsOf(manifest, templates, guarded, connections)) {
        found.push(errorIn(manifest, fault));
      }
    }
    return found;
  },
};

export default check;

const faultsOf = (
  manifest: Manifest,
  templates: readonly PodTemplate[],
  guarded: Map<PodTemplate, Manifest>,
  connections: readonly Connection[],
): Fault[] => {
  const { object } = manifest;
  const near = templates.filter(({ namespace }) => namespace === object.metadata.namespace);
  switch (object.kind) {
    case 'Service':
      return [...serviceFaults(object, near), ...replicaFaults(object, near, connections)];
    case 'PodDisruptionBudget':
      return budgetFaults(manifest, near, guarded);
    case 'NetworkPolicy':
      return policyFaults(object, 'podSelector', near);
    case 'CiliumNetworkPolicy':
      return policyFaults(object, 'endpointSelector', near);
    default:
      return [];
  }
};
