import { defineCheck } from '../../model/check.js';
import { faultIn } from '../support/pod/fault.js';
import { templatesIn } from '../support/pod/template.js';
import { named } from '../support/untyped.js';
import { drainFaults } from './resources/budget.js';
import { claimFaults } from './resources/claim.js';
import { faults, type Result } from './resources/faults.js';
import { hostPathFaults } from './resources/host.js';
import { processFaults } from './resources/limit.js';
import { nodeFaults } from './resources/node.js';
import { priorityFaults, requestFaults } from './resources/request.js';
import { volumeFaults } from './resources/volume.js';

const check = defineCheck({
  faults,
  summary:
    'Every container requests CPU and memory and has a memory limit above its request. Limits inside the process, of memory and of queries, fit into that limit. No disruption budget blocks a drain, and none is missing. Replicas are spread, and none waits for a tainted node. A claim has one writer. emptyDir volumes have size limits, and every volume is mounted. Paths of the node that a container reads exist on every node. All pods of a namespace have a priority class, or none.',
  run: ({ manifests: all, connections }) => {
    const manifests = named(all);
    const templates = templatesIn(manifests);
    const found: Result[] = [];
    for (const template of templates) {
      for (const fault of [
        ...requestFaults(template),
        ...processFaults(template),
        ...volumeFaults(template),
        ...hostPathFaults(template),
        ...nodeFaults(template, connections),
      ]) {
        found.push(faultIn(template.manifest, fault));
      }
    }
    for (const [manifest, fault] of [
      ...drainFaults(manifests, templates),
      ...claimFaults(manifests, templates),
      ...priorityFaults(templates),
    ]) {
      found.push(faultIn(manifest, fault));
    }
    return found;
  },
});

export default check;
