import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codesIn, standalone } from './examples/project.js';
import { repository } from './output/command.js';
import { blocksIn } from './readme/block.js';

const page = readFileSync(join(repository, 'docs/components.md'), 'utf8');
const { fields, ...files } = Object.fromEntries(
  blocksIn(page).flatMap(({ mark, text }) => (mark ? [[mark, text]] : [])),
);
const agent = 'components/process-exporter.ts';
const component = 'components/statsd-exporter.ts';
const environment = 'environments/shop.ts';

/** The text of a file with another part. */
const replaced = (file: string, text: string, replacement: string): string => {
  expect(files[file]).toContain(text);
  return files[file]!.replace(text, () => replacement);
};

const codes = (project: Record<string, string>): Promise<string[]> => {
  const modules = Object.entries(project).map(([name, code]) => [name, standalone(code)]);
  return codesIn({ 'environments/production.ts': undefined, ...Object.fromEntries(modules) });
};

describe('the component in docs/components.md', () => {
  test('can have the other fields of a definition', async () => {
    const extended = {
      ...files,
      [component]: replaced(component, '  declare:', `${fields}  declare:`),
    };
    expect(await codes(extended)).toEqual([]);
    const mapping = "{ match: 'shop.orders.*', name: 'shop_others_total' },\n      ";
    const twice = replaced(environment, '{ match:', `${mapping}{ match:`);
    expect(await codes({ ...extended, [environment]: twice })).toEqual(['config/invalid-value']);
  });

  test.each([
    [environment, 'mappings: [', 'mapings: [', 'config/unknown-option'],
    [environment, "match: 'shop.orders.*'", 'match: 1', 'config/invalid-value'],
    [component, '--statsd.mapping-config', '--statsd.maping-config', 'configuration/unknown-flag'],
    [
      component,
      'writeFile(mappingFile, { mappings }),',
      "{ ...writeFile(mappingFile, { mappings }), text: 'mapings: []' },",
      'configuration/unknown-option',
    ],
    [component, '=:${endpoints.web!.port}', '=:9103', 'endpoints/undeclared-port'],
    [component, "health('/-/healthy', {", "health('healthy', {", 'config/invalid-value'],
    [component, 'goMemoryLimit: true', 'goMemoryLimit: false', 'configuration/no-go-memory-limit'],
  ])('in %s, %j as %j is found', async (file, text, replacement, code) => {
    expect(await codes({ ...files, [file]: replaced(file, text, replacement) })).toContain(code);
  });
});

describe('the DaemonSet in docs/components.md', () => {
  const shop =
    "import { processExporter } from '../components/process-exporter.js';\n" +
    replaced(environment, 'components: [', 'components: [\n    processExporter,');

  test.each([
    ["namespace: 'nodeAgents'", "namespace: 'stack'", 'pod-security/host-path'],
    ['--procfs=', '--proc-fs=', 'configuration/unknown-flag'],
    ['=:${endpoints.web!.port}', '=:9103', 'endpoints/undeclared-port'],
  ])('with %j as %j is found', async (text, replacement, code) => {
    const changed = replaced(agent, text, replacement);
    expect(await codes({ ...files, [environment]: shop, [agent]: changed })).toContain(code);
  });
});
