import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { errorIn, type Fault } from './pod/fault.js';
import { templatesIn } from './pod/template.js';
import { baseline } from './pod-security/baseline.js';
import { declared, exceptionFaults } from './pod-security/exception.js';
import { house } from './pod-security/house.js';
import { enforcedBy, namespaceFaults } from './pod-security/namespace.js';
import { restricted } from './pod-security/restricted.js';
import { type Level, levels, type Violation } from './pod-security/violation.js';
import { named } from './reference/lenient.js';

const check: Check = {
  summary:
    'Every pod passes the Pod Security level that its namespace enforces, which is no lower than its pods need, and `restricted` and the house rules but for what its workload declares with a reason: a user by number and not root, a read-only root, no capability, no escalation, RuntimeDefault, liveness and readiness.',
  run: ({ manifests: all }) => {
    const manifests = named(all);
    const namespaces = manifests.filter(({ object }) => object.kind === 'Namespace');
    const enforced = new Map(
      namespaces.map((manifest) => [manifest.object.metadata.name, enforcedBy(manifest)]),
    );
    const needed = new Map<string, Level>();
    const found: Omit<Finding, 'check'>[] = [];
    for (const template of templatesIn(manifests)) {
      const { namespace, manifest } = template;
      const violations = distinct([
        ...baseline(template),
        ...restricted(template),
        ...house(template),
      ]);
      needed.set(namespace, lower(needed.get(namespace), levelOf(violations)));
      const level = enforced.get(namespace) ?? 'privileged';
      const excused = declared(template);
      for (const violation of violations) {
        const fault = faultOf(violation, level, excused);
        if (fault) found.push(errorIn(manifest, fault));
      }
      for (const fault of exceptionFaults(template, violations)) {
        found.push(errorIn(manifest, fault));
      }
    }
    for (const manifest of namespaces) {
      for (const fault of namespaceFaults(manifest, needed.get(manifest.object.metadata.name))) {
        found.push(errorIn(manifest, fault));
      }
    }
    return found;
  },
};

export default check;

/** One violation a place: the rules of a level repeat those of a lower one. */
const distinct = (violations: readonly Violation[]): Violation[] => {
  const paths = new Set<string>();
  return violations.filter(({ path }) => !paths.has(path) && paths.add(path));
};

/** The strictest level that allows what pods do. */
const levelOf = (violations: readonly Violation[]): Level => {
  if (violations.some(({ level }) => level === 'baseline')) return 'privileged';
  return violations.some(({ level }) => level === 'restricted') ? 'baseline' : 'restricted';
};

const lower = (one: Level | undefined, other: Level): Level =>
  one && levels.indexOf(one) < levels.indexOf(other) ? one : other;

const faultOf = (
  { level, exception, ...fault }: Violation,
  enforced: Level,
  excused: ReadonlyMap<string, string>,
): Fault | undefined => {
  if (level && levels.indexOf(level) <= levels.indexOf(enforced)) {
    return {
      ...fault,
      why: `The namespace enforces ${enforced}, and the API server refuses the pods.`,
    };
  }
  if (exception === undefined) return fault;
  return excused.has(exception)
    ? undefined
    : {
        ...fault,
        remedy: `${fault.remedy} Or declare the exception '${exception}' with its reason.`,
      };
};
