import { resolve } from 'node:path';
import { expectedOf } from '../../src/checks/support/load/expected.js';
import { loadModules } from '../../src/config/modules.js';
import { loadContent } from '../../src/content/load.js';
import { scaleOf } from '../../src/environment/setting.js';
import { validate } from '../../src/environment/validate.js';
import { checkInputOf } from '../../src/run-checks.js';
import { buildStack } from '../../src/stack.js';
import type { Section } from './section.js';

const root = resolve(import.meta.dirname, '../..');

/** The series that Prometheus is expected to store in each environment, and those that it drops. */
export const prometheus: Section = async () => {
  const { content } = await loadContent([root]);
  const { modules } = await loadModules(resolve(root, 'environments'), 'config');
  const figures = modules
    .flatMap(({ value, name, file }) => validate(value, name, file).environment ?? [])
    .map((environment): [string, string] => {
      const { need } = expectedOf(checkInputOf(buildStack(environment, content), [], {}))!;
      const { nodes, cores, pods } = scaleOf(environment);
      const share = (100 * need.dropped) / (need.series + need.dropped);
      return [
        environment.name,
        `${need.series} series of ${nodes} nodes with ${cores} cores each and ${pods} pods; ${need.dropped} (${share.toFixed(1)} % of all) are not stored, because nothing uses them`,
      ];
    });
  return { title: 'Series that are expected', figures: Object.fromEntries(figures) };
};
