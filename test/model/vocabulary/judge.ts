import { fileURLToPath } from 'node:url';
import { checkInputOf } from '../../../src/check.js';
import { loadModules } from '../../../src/config/modules.js';
import type { Check } from '../../../src/model/check.js';
import type { Finding } from '../../../src/model/finding.js';
import type { Stack } from '../../../src/output/stack.js';

const { modules } = await loadModules(
  fileURLToPath(new URL('../../../src/checks', import.meta.url)),
  'checks',
);

/** Names of all checks that there are. */
export const checkNames = modules.map(({ name }) => name);

/** What all checks find in a stack that was never published. */
export const judge = (stack: Stack): Omit<Finding, 'check'>[] => {
  const input = checkInputOf(stack, [], {});
  return modules.flatMap(({ value }) => (value as Check).run(input));
};
