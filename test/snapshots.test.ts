import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, 'components/snapshots');
const snapshots = readdirSync(folder);

test('each component has a snapshot with default options and one with all options', () => {
  const names = snapshots.map((file) => file.replace(/-(all|default)\.yaml$/, ''));
  expect(snapshots).toEqual(
    [...new Set(names)].flatMap((name) => [`${name}-all.yaml`, `${name}-default.yaml`]),
  );
});

test.each(snapshots)('%s is short enough for a review', (file) => {
  expect(readFileSync(join(folder, file), 'utf8').split('\n').length).toBeLessThanOrEqual(304);
});
