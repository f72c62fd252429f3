import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import type { Manifest } from '../model/manifest.js';
import { errorIn, type Fault } from './pod/fault.js';
import { templatesIn } from './pod/template.js';
import { accountFaults, podFaults } from './privilege/account.js';
import { bindingFaults } from './privilege/binding.js';
import { needOf } from './privilege/declared.js';
import { excess, lack, type Needy } from './privilege/excess.js';
import { grantsIn, isBinding, isRole, roleFaults } from './privilege/role.js';
import { ruleFaults } from './privilege/rule.js';
import { named } from './reference/lenient.js';

const check: Check = {
  summary:
    'Every workload may ask of the Kubernetes API what its declared connections need, and nothing else: no wildcard, no Secrets, no way into other pods, no role wider than its scope, no token, role, binding or account that nobody uses.',
  run: ({ manifests: all, connections }) => {
    const manifests = named(all);
    const templates = templatesIn(manifests);
    const grants = grantsIn(manifests);
    const needy = templates.map((template): Needy => [template, needOf(template, connections)]);
    const found: Omit<Finding, 'check'>[] = [];
    const add = (manifest: Manifest, faults: readonly Fault[]) => {
      for (const fault of faults) found.push(errorIn(manifest, fault));
    };
    for (const manifest of manifests) {
      const { object } = manifest;
      if (isRole(object)) {
        const forbidden = ruleFaults(object.rules);
        const undeclared = excess(manifest, grants, needy).filter(
          ({ path }) => !forbidden.some((fault) => fault.path.startsWith(path)),
        );
        add(manifest, [...forbidden, ...roleFaults(manifest, grants), ...undeclared]);
      }
      if (isBinding(object)) add(manifest, bindingFaults(manifest, manifests, templates));
      if (object.kind === 'ServiceAccount') add(manifest, accountFaults(manifest, templates));
    }
    for (const [template, need] of needy) {
      add(template.manifest, podFaults(template, templates, grants, need));
      add(template.manifest, lack([template, need], grants));
    }
    return found;
  },
};

export default check;
