import { join } from 'node:path';
import { expect, test } from 'vitest';
import { minimal } from '../environment.js';
import { clone } from '../output/command.js';
import { contentOf, fill } from '../output/folder.js';
import { crowsnest } from './command.js';

test('crowsnest test runs the checks, and reports what is published and not what synth writes', async () => {
  const environment = `export default ${JSON.stringify(minimal)};\n`;
  const folder = clone({ 'environments/one.ts': environment });
  const result = async (...args: string[]) => {
    const { status, stdout } = await crowsnest(folder, ...args);
    return { status, stdout };
  };
  expect(await result('test')).toEqual({ status: 0, stdout: 'ok     checks of one\n' });
  expect(await result('synth')).toMatchObject({ status: 0 });
  expect(await result('test')).toEqual({
    status: 0,
    stdout: 'ok     checks of one\nok     dist/\n',
  });
  fill(folder, { 'dist/one/README.md': 'edited' });
  const before = contentOf(folder);
  expect(await result('test')).toEqual({
    status: 1,
    stdout: `ok     checks of one
FAILED dist/
dist/one is not what synth writes.
Run npx crowsnest synth.
`,
  });
  fill(folder, { 'environments/one.ts': 'export default {};\n' });
  expect(await result('test')).toEqual({ status: 1, stdout: 'FAILED checks\n' });
  expect(contentOf(join(folder, 'dist'))).toEqual(
    Object.fromEntries(
      Object.entries(before).flatMap(([name, text]) =>
        name.startsWith('dist/') ? [[name.slice('dist/'.length), text]] : [],
      ),
    ),
  );
});

test('crowsnest test finds the groups of a clone by their names', async () => {
  const folder = clone({
    'environments/one.ts': `export default ${JSON.stringify(minimal)};\n`,
    'alerts/orders.yaml': 'groups: [{ name: a, rules: [{ record: a:b:c, expr: up }] }]\n',
    'alerts/carts.ts': `import { alertGroup } from '../src/content/alert-group.js';
export default alertGroup({ needs: ['prometheus'], rules: () => ({ alerts: [] }) });
`,
  });
  const { status, stderr } = await crowsnest(folder, 'test', 'card');
  expect([status, stderr]).toEqual([
    2,
    "No alert group has the name 'card'. There are: carts, orders.\n",
  ]);
});
