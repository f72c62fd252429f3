import { dashboardFile } from './components/grafana/file.js';
import { terminatedElsewhere } from './config/exposure.js';
import { moduleFinding } from './config/faults.js';
import { originOf } from './config/origin.js';
import { platformOf } from './config/platforms.js';
import { outsideGrafanas } from './derive/outside-grafana.js';
import { scaleOf, storageClassOf } from './environment/setting.js';
import type { Check, CheckInput } from './model/check.js';
import { findingOf } from './model/fault.js';
import { type Finding, hasError } from './model/finding.js';
import { firstLineOf } from './model/unreadable.js';
import type { SynthesizedStack } from './output/synthesized-stack.js';
import { waive } from './waive.js';

/** A check with its name. */
export interface NamedCheck {
  readonly name: string;
  readonly value: Check;
}

/** Runs every check on a stack. */
export const runChecks = (
  stack: SynthesizedStack,
  checks: readonly NamedCheck[],
  input: CheckInput,
): Finding[] => {
  // Without manifests, the checks have no input: the findings of the stack state the reason.
  const judged = hasError(stack.findings) ? [] : checks;
  const found = judged.flatMap(({ name, value }) => run(name, value, input));
  const { name, file } = stack.environment;
  const placed = [...stack.findings, ...found].map((finding) => ({
    ...finding,
    place: { environment: name, file, ...finding.place },
  }));
  return waive(
    placed,
    stack.environment,
    checks.flatMap(({ name, value }) => [
      name,
      ...Object.keys(value.faults).map((fault) => `${name}/${fault}`),
    ]),
  );
};

/** The findings of a check; an error that it throws is also a finding. */
const run = (name: string, check: Check, input: CheckInput): Finding[] => {
  try {
    return check.run(input).map((report) => findingOf(name, report));
  } catch (error) {
    const message = `The check ${name} throws an error: ${firstLineOf(error)}`;
    return [
      moduleFinding('checks', { fault: 'failing-check', place: { ...originOf(error) }, message }),
    ];
  }
};

/** The input of all checks of a stack: a single object, because memoized functions use its identity. */
export const checkInputOf = (
  { environment, parties, absentJobs, manifests, connections, prerequisites }: SynthesizedStack,
  published: CheckInput['published'],
  sources: CheckInput['sources'],
  imagesLocked = false,
): CheckInput => ({
  manifests,
  connections,
  prerequisites,
  stage: environment.stage,
  networkPlugin: environment.cluster.networkPlugin,
  nodeCidrs: environment.cluster.nodeCidrs,
  numericPolicyPorts: platformOf(environment.cluster.platform).numericPolicyPorts?.value ?? false,
  terminatedElsewhere: environment.exposure ? terminatedElsewhere(environment.exposure) : [],
  isolatedNamespaces: Object.keys(environment.otherNamespaces),
  expandableVolumes: storageClassOf(environment)?.expandable ?? false,
  scale: scaleOf(environment),
  absentJobs,
  components: parties
    .filter(({ own }) => own)
    .map(({ name, workloads, endpoints, programs = {} }) => ({
      name,
      workloads: Object.values(workloads),
      offers: Object.values(endpoints).flatMap(({ offers }) =>
        offers.map(({ capability }) => capability),
      ),
      programs,
    })),
  plugins: environment.grafana.plugins?.ids ?? [],
  labelled: outsideGrafanas(parties, {
    stack: environment.stack,
    namespaces: environment.namespaces,
  }).map(({ party, namespace, labels }) => ({ party, namespace, labels, file: dashboardFile })),
  declarations: Object.fromEntries(
    parties.flatMap(({ name, declaration }) => (declaration ? [[name, declaration]] : [])),
  ),
  published,
  imagesLocked,
  sources,
});
