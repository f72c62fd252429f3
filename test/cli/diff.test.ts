import { expect, test } from 'vitest';
import { causingOptions } from '../../src/cli/diff/options.js';
import { compare } from '../../src/diff/compare.js';
import { snapshotOfObjects } from '../../src/diff/snapshot.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { buildStack } from '../../src/stack.js';
import { build, minimal, noContent } from '../environment.js';
import { wrongUsage } from './wrong-usage.js';

test.each([
  [['--with', 'one'], '--with compares one environment with another: name it first.'],
  [['--json', '--markdown'], 'Use --json or --markdown, not both.'],
  [['one', '--context', 'a'], '--context is only for --cluster.'],
  [['one', '--cluster', '--git', 'HEAD'], 'Use only one of --with, --git and --cluster.'],
])('diff %j is wrong usage', async (args, told) => {
  expect(await wrongUsage('diff', ...args)).toContain(told);
});

/** The options that cause the changes between two environments, with the subjects of their changes. */
const causes = (before: EnvironmentOptions, after: EnvironmentOptions) => {
  const [old, fresh] = [build(before), build(after)];
  const [from, to] = [old, fresh].map(({ manifests }) =>
    snapshotOfObjects(manifests.map(({ object }) => object)),
  );
  const again: Parameters<typeof causingOptions>[3] = (one) => buildStack(one, noContent);
  return Object.fromEntries(
    causingOptions(
      before as Record<string, unknown>,
      after as Record<string, unknown>,
      fresh,
      again,
      compare(from!, to!),
    ).map((one) => [one.option, one.causes.map(({ subject }) => subject)]),
  );
};

const eks = {
  ...minimal,
  cluster: {
    ...minimal.cluster,
    platform: 'eks',
    storageClass: { name: 'gp3', expandable: true },
  },
} satisfies EnvironmentOptions;

test.each([
  ['to', minimal, eks],
  ['from', eks, minimal],
])(
  'a storage class that changes %s a platform that needs one is the cause of its claims',
  (_, before, after) => {
    const found = causes(before, after);
    expect(Object.keys(found).sort()).toEqual(['cluster.platform', 'cluster.storageClass']);
    expect(found['cluster.storageClass']).toContainEqual(expect.stringContaining('prometheus'));
  },
);
