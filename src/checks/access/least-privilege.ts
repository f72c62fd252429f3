import { defineCheck } from '../../model/check.js';
import type { Manifest } from '../../model/manifest.js';
import { faultIn } from '../support/pod/fault.js';
import { templatesIn } from '../support/pod/template.js';
import { named } from '../support/untyped.js';
import { accountFaults, podFaults } from './least-privilege/account.js';
import { bindingFaults } from './least-privilege/binding.js';
import { needOf } from './least-privilege/declared.js';
import { excess, lack, type Needy } from './least-privilege/excess.js';
import { faults, type LeastPrivilegeFault, type Result } from './least-privilege/faults.js';
import { grantsIn, isBinding, isRole, roleFaults } from './least-privilege/role.js';
import { ruleFaults } from './least-privilege/rule.js';

const check = defineCheck({
  faults,
  summary:
    'Every workload has the rights for the Kubernetes API that its declared connections need, and no others: no wildcard, no Secrets, no access to other pods, no role wider than its scope, and no unused token, role, binding or account.',
  run: ({ manifests: all, connections }) => {
    const manifests = named(all);
    const templates = templatesIn(manifests);
    const grants = grantsIn(manifests);
    const needy = templates.map((template): Needy => [template, needOf(template, connections)]);
    const found: Result[] = [];
    const add = (manifest: Manifest, faults: readonly LeastPrivilegeFault[]) => {
      for (const fault of faults) found.push(faultIn(manifest, fault));
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
});

export default check;
