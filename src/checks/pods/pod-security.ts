import { defineCheck } from '../../model/check.js';
import { faultIn } from '../support/pod/fault.js';
import { templatesIn } from '../support/pod/template.js';
import { named } from '../support/untyped.js';
import { baseline } from './pod-security/baseline.js';
import { declared, exceptionFaults } from './pod-security/exception.js';
import { faults, type PodSecurityFault, type Result } from './pod-security/faults.js';
import { house } from './pod-security/house.js';
import { enforcedBy, namespaceFaults } from './pod-security/namespace.js';
import { restricted } from './pod-security/restricted.js';
import { type Level, levels, type Violation } from './pod-security/violation.js';

const check = defineCheck({
  faults,
  summary:
    'Every pod passes the Pod Security level that its namespace enforces, and the level is not lower than its pods need. Pods also pass `restricted` and the rules of Crowsnest, except for exceptions that their workload declares with a reason: a numeric user that is not root, a read-only root filesystem, no capabilities, no privilege escalation, RuntimeDefault, liveness and readiness probes.',
  run: ({ manifests: all }) => {
    const manifests = named(all);
    const namespaces = manifests.filter(({ object }) => object.kind === 'Namespace');
    const enforced = new Map(
      namespaces.map((manifest) => [manifest.object.metadata.name, enforcedBy(manifest)]),
    );
    const needed = new Map<string, Level>();
    const found: Result[] = [];
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
        if (fault) found.push(faultIn(manifest, fault));
      }
      for (const fault of exceptionFaults(template, violations)) {
        found.push(faultIn(manifest, fault));
      }
    }
    for (const manifest of namespaces) {
      for (const fault of namespaceFaults(manifest, needed.get(manifest.object.metadata.name))) {
        found.push(faultIn(manifest, fault));
      }
    }
    return found;
  },
});

export default check;

/** One violation for each path: a stricter level repeats the rules of a weaker one. */
const distinct = (violations: readonly Violation[]): Violation[] => {
  const paths = new Set<string>();
  return violations.filter(({ path }) => !paths.has(path) && paths.add(path));
};

/** The strictest level that allows the pods. */
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
): PodSecurityFault | undefined => {
  if (level && levels.indexOf(level) <= levels.indexOf(enforced)) {
    return {
      ...fault,
      why: `The namespace enforces ${enforced}, so the API server rejects the pods.`,
    };
  }
  if (exception === undefined) return fault;
  return excused.has(exception)
    ? undefined
    : {
        ...fault,
        remedy: `${fault.remedy ?? faults[fault.fault].fix} Or declare the exception '${exception}' with its reason.`,
      };
};
