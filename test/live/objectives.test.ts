import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { objectiveGroup } from '../../src/content/objective/group.js';
import { availability, latency, objectiveName } from '../../src/content/objective/objective.js';
import { objectiveTests } from '../../src/content/objective/test-file.js';
import {
  inParallel,
  promtool,
  renderForTests,
  repository,
  shippedGroups,
} from '../alerts/promtool.js';
import { checkout, objectives, thirtyDays, valid } from '../content/objective/sample.js';
import { comparison } from './sloth-comparison.js';

const shared = (await shippedGroups()).objectives!;
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-objectives-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
write('objectives.yaml', renderForTests('objectives', shared));

/** Runs the generated tests of an objective with its rules, or with those of another one. */
const verdictOf = (tested: (typeof objectives)[number], measured = tested) => {
  const own = `${objectiveName(tested)}-${objectiveName(measured)}-${measured.target}`;
  write(`${own}.yaml`, renderForTests(own, objectiveGroup(checkout, [measured], thirtyDays)));
  write(`${own}.test.yaml`, objectiveTests(checkout, [tested], thirtyDays, { own }));
  return promtool(folder, ['test', 'rules', `${own}.test.yaml`]);
};

describe('the generated tests of objectives', () => {
  it('pass for each kind of indicator', async () => {
    for (const { output } of await inParallel(objectives, (one) => verdictOf(one))) {
      expect(output).toContain('SUCCESS');
    }
  });

  it('fail for the rules of another target', async () => {
    const [tested, measured] = [valid(availability(99.9)), valid(availability(99))];
    expect((await verdictOf(tested, measured)).output).toContain('FAILED');
  });
});

describe('the alerts of five objectives', () => {
  it('are those of sloth on the same data of three days', async ({ annotate }) => {
    const five = [
      availability(99.9),
      latency(99, '250ms'),
      availability(99.5, { name: 'spans', of: 'spans' }),
      availability(95, { name: 'promhttp', of: 'promhttp' }),
      availability(99, {
        name: 'orders',
        of: { errors: 'orders_failed_total', total: 'orders_total' },
      }),
    ].map(valid);
    const sloth = readFileSync(join(repository, 'test/live/sloth/rules.yaml'), 'utf8');
    write('sloth.yaml', sloth);
    write('five.yaml', renderForTests('five', objectiveGroup(checkout, five, thirtyDays)));
    write('sloth.test.yaml', comparison(sloth, ['five', 'objectives']));
    const { output } = await promtool(folder, ['test', 'rules', 'sloth.test.yaml']);
    expect(output).toContain('SUCCESS');
    await annotate('the same alerts as sloth 0.16.0 for five objectives', 'figure');
  });
});
