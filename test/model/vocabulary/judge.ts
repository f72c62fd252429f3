import { fileURLToPath } from 'node:url';
import { loadModules } from '../../../src/config/modules.js';
import { storageClassOf } from '../../../src/config/setting.js';
import type { Check, CheckInput } from '../../../src/model/check.js';
import type { Finding } from '../../../src/model/finding.js';
import type { Stack } from '../../../src/output/stack.js';

const { modules } = await loadModules(
  fileURLToPath(new URL('../../../src/checks', import.meta.url)),
  'checks',
);

/** Names of all checks that there are. */
export const checkNames = modules.map(({ name }) => name);

/** What all checks find in a stack that was never published. */
export const judge = ({
  environment,
  manifests,
  connections,
  prerequisites,
}: Stack): Omit<Finding, 'check'>[] => {
  const input: CheckInput = {
    manifests,
    connections,
    prerequisites,
    networkPlugin: environment.cluster.networkPlugin,
    nodeCidrs: environment.cluster.nodeCidrs,
    isolatedNamespaces: Object.keys(environment.otherNamespaces),
    expandableVolumes: storageClassOf(environment)?.expandable ?? false,
    published: [],
  };
  return modules.flatMap(({ value }) => (value as Check).run(input));
};
