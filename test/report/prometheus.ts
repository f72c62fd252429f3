import { resolve } from 'node:path';
import { checkInputOf } from '../../src/check.js';
import { expectedOf } from '../../src/checks/cardinality/expected.js';
import { loadModules } from '../../src/config/modules.js';
import { scaleOf } from '../../src/config/setting.js';
import { validate } from '../../src/config/validate.js';
import { loadContent } from '../../src/content/load.js';
import { buildStack } from '../../src/stack.js';
import type { Section } from './section.js';

const root = resolve(import.meta.dirname, '../..');

/** What Prometheus is expected to store in each environment, and what it does without. */
export const prometheus: Section = async () => {
  const { content } = await loadContent([root]);
  const { modules } = await loadModules(resolve(root, 'environments'), 'config');
  const figures = modules
    .flatMap(({ value, name, file }) => validate(value, name, file).environment ?? [])
    .map((environment): [string, string] => {
      const { need } = expectedOf(checkInputOf(buildStack(environment, content), [], {}))!;
      const { nodes, pods } = scaleOf(environment);
      const share = (100 * need.dropped) / (need.series + need.dropped);
      return [
        environment.name,
        `${need.series} series of ${nodes} nodes and ${pods} pods; ${need.dropped} (${share.toFixed(1)} % of all) are not stored, as nothing asks for them`,
      ];
    });
  return { title: 'Series that are expected', figures: Object.fromEntries(figures) };
};
