import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { errorIn } from './pod/fault.js';
import { templatesIn } from './pod/template.js';
import { named } from './reference/lenient.js';
import { drainFaults } from './resource/budget.js';
import { claimFaults } from './resource/claim.js';
import { nodeFaults } from './resource/node.js';
import { priorityFaults, requestFaults } from './resource/request.js';
import { volumeFaults } from './resource/volume.js';

const check: Check = {
  summary:
    'Every container asks for CPU and memory and has a memory limit that holds them; no budget blocks a drain, and none is missing; a claim has one writer; scratch volumes have limits, and every volume is mounted; what a container reads of its node it sees as it is, on every node; all pods of a namespace have a priority, or none has.',
  run: ({ manifests: all, connections }) => {
    const manifests = named(all);
    const templates = templatesIn(manifests);
    const found: Omit<Finding, 'check'>[] = [];
    for (const template of templates) {
      for (const fault of [
        ...requestFaults(template),
        ...volumeFaults(template),
        ...nodeFaults(template, connections),
      ]) {
        found.push(errorIn(template.manifest, fault));
      }
    }
    for (const [manifest, fault] of [
      ...drainFaults(manifests, templates),
      ...claimFaults(manifests, templates),
      ...priorityFaults(templates),
    ]) {
      found.push(errorIn(manifest, fault));
    }
    return found;
  },
};

export default check;
