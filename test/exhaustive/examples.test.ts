import { describe, expect, test } from 'vitest';
import { parts } from '../../src/fault-index.js';
import { loadChecks } from '../../src/load-checks.js';
import { partSettings, settings } from '../examples/index.js';
import { codesIn, groupFiles } from '../examples/project.js';

/** Examples that cannot be tested, by their codes, with the reason. */
const untested: Readonly<Record<string, string>> = {
  'content/invalid-name': 'No schema of content has names that a user chooses.',
};

const { checks } = await loadChecks();

describe.each(checks)('each example of $name', ({ name, value }) => {
  const ofCheck = settings[name] ?? {};

  test('is placed in a stack', () => {
    expect(Object.keys(ofCheck).sort()).toEqual(Object.keys(value.faults).sort());
  });

  test.each(Object.entries(ofCheck))('of %s is rejected', (fault, { inputs, also = [] }) => {
    const { example, severity = 'error' } = value.faults[fault]!;
    const input = inputs(example);
    const found = value.run(input.with);
    expect(new Set(found.map((one) => one.fault))).toEqual(new Set([fault, ...also]));
    expect(found.find((one) => one.fault === fault)).toMatchObject({ severity });
    expect(value.run(input.without).map((one) => one.fault)).not.toContain(fault);
  });
});

test('a project without an example is accepted', async () => {
  expect(await codesIn(groupFiles())).toEqual([]);
});

describe.each(parts)('each example of $name', ({ name, faults }) => {
  const ofPart = partSettings[name] ?? {};

  test('is placed in a project', () => {
    const tested = Object.keys(faults).filter((fault) => !(`${name}/${fault}` in untested));
    expect(Object.keys(ofPart).sort()).toEqual(tested.sort());
  });

  test.each(Object.entries(ofPart))('of %s is rejected', async (fault, { codes }) => {
    expect(await codes(faults[fault]!.example)).toEqual([`${name}/${fault}`]);
  });
});
