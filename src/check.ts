import { scaleOf, storageClassOf } from './config/setting.js';
import type { Check, CheckInput } from './model/check.js';
import { type Finding, hasError } from './model/finding.js';
import type { Stack } from './output/stack.js';
import { waive } from './waive.js';

/** A check under the name of its file. */
export interface NamedCheck {
  readonly name: string;
  readonly value: Check;
}

/** Holds a stack against every check. */
export const check = (
  stack: Stack,
  checks: readonly NamedCheck[],
  published: CheckInput['published'],
  sources: CheckInput['sources'],
): Finding[] => {
  // Without manifests there is nothing to judge: the stack's own findings say why.
  const judged = hasError(stack.findings) ? [] : checks;
  // One for all checks, so that what is read of it is read once.
  const input = checkInputOf(stack, published, sources);
  const found = judged.flatMap(({ name, value }) =>
    value.run(input).map((finding): Finding => ({ ...finding, check: name })),
  );
  const { name, file } = stack.environment;
  const placed = [...stack.findings, ...found].map((finding) => ({
    ...finding,
    place: { environment: name, file, ...finding.place },
  }));
  return waive(
    placed,
    stack.environment,
    checks.map((one) => one.name),
  );
};

/** What checks look at in a stack. */
export const checkInputOf = (
  { environment, manifests, connections, prerequisites }: Stack,
  published: CheckInput['published'],
  sources: CheckInput['sources'],
): CheckInput => ({
  manifests,
  connections,
  prerequisites,
  networkPlugin: environment.cluster.networkPlugin,
  nodeCidrs: environment.cluster.nodeCidrs,
  isolatedNamespaces: Object.keys(environment.otherNamespaces),
  expandableVolumes: storageClassOf(environment)?.expandable ?? false,
  scale: scaleOf(environment),
  published,
  sources,
});
