import { loadChecks } from '../../../src/load-checks.js';
import type { Report } from '../../../src/model/fault.js';
import type { SynthesizedStack } from '../../../src/output/synthesized-stack.js';
import { checkInputOf } from '../../../src/run-checks.js';

const { checks } = await loadChecks();

/** The names of all checks. */
export const checkNames = checks.map(({ name }) => name);

/** The findings of all checks in an unpublished stack. */
export const judge = (stack: SynthesizedStack): Report[] => {
  const input = checkInputOf(stack, [], {});
  return checks.flatMap(({ value }) => value.run(input));
};
