import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { minimal } from '../environment.js';
import { clone } from '../output/command.js';
import { contentOf, fill, temporaryFolder } from '../output/folder.js';
import { crowsnest } from './command.js';

const dashboard = JSON.stringify({ title: 'Shop', schemaVersion: 39, panels: [] });
const rules = `# Kept as it is.
groups:
  - name: shop
    rules:
      - alert: ShopDown
        expr: up{job="shop"} == 0
`;

test('crowsnest import writes, overwrites nothing, and reports the findings of the new files', async () => {
  const folder = clone({
    'environments/one.ts': `export default ${JSON.stringify(minimal)};\n`,
    'alerts/taken.yaml': rules.replace('ShopDown', 'Mine'),
  });
  const theirs = fill(temporaryFolder(), {
    'taken.yaml': rules,
    'bad.yaml': rules.replace('== 0', '=== 0').replace('ShopDown', 'Bad'),
    'shop.json': dashboard,
  });
  const { status, stdout, stderr } = await crowsnest(folder, 'import', theirs);
  expect(status).toBe(1);
  expect(stdout).toBe(
    `alerts/bad.yaml\t${theirs}/bad.yaml\ndashboards/shop.json\t${theirs}/shop.json\n`,
  );
  expect(stderr).toContain('alerts/taken.yaml: It exists already, and is not overwritten.');
  expect(stderr).toMatch(/^alerts\/bad\.yaml:6, environment one$/m);
  expect(contentOf(join(folder, 'alerts'))['taken.yaml']).toContain('Mine');
});

test('crowsnest import writes the settings, and checks them as if every environment used them', async () => {
  const folder = clone({ 'environments/one.ts': `export default ${JSON.stringify(minimal)};\n` });
  const theirs = fill(temporaryFolder(), {
    'alertmanager.yml': 'route: { receiver: team }\nreceivers: [{ name: tam }]\n',
  });
  const { status, stdout, stderr } = await crowsnest(folder, 'import', theirs);
  expect(status).toBe(1);
  expect(stdout).toBe(`settings/alertmanager.ts\t${theirs}/alertmanager.yml\n`);
  expect(stderr).toMatch(/^settings\/alertmanager\.ts:5$/m);
  expect(stderr).toContain("import alerting from '../settings/alertmanager.js';");
  expect(Object.keys(contentOf(dirname(join(folder, 'settings/x'))))).toEqual(['alertmanager.ts']);

  // An environment that uses them has its findings there, too.
  const using = `import alerting from '../settings/alertmanager.js';
export default { ...${JSON.stringify(minimal)}, alerting };
`;
  fill(folder, { 'environments/one.ts': using });
  const later = await crowsnest(folder, 'check');
  expect(later.stderr).toMatch(/^settings\/alertmanager\.ts:5$/m);
});
