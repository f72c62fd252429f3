import { describe, expect, test } from 'vitest';
import { availability } from '../../../src/content/objective/objective.js';
import { objectiveTests } from '../../../src/content/objective/test-file.js';
import { readRuleTest } from '../../../src/content/rule-test.js';
import { fromYaml } from '../../../src/model/yaml.js';
import { checkout, objectives, thirtyDays, valid } from './sample.js';

interface TestFile {
  readonly rule_files: readonly string[];
  readonly tests: readonly { readonly name: string; readonly input_series: readonly object[] }[];
}

const textOf = (list = objectives) =>
  objectiveTests(checkout, list, thirtyDays, { own: 'checkout-objectives' });
const parsed = (text: string) => fromYaml(text) as TestFile;

describe('the generated tests', () => {
  test('load the rules of the application and the shared ones', () => {
    expect(parsed(textOf()).rule_files).toEqual(['checkout-objectives.yaml', 'objectives.yaml']);
  });

  test('let each alert fire and not fire', () => {
    const { cases } = readRuleTest(textOf([valid(availability(99.9))]));
    for (const alert of ['ErrorBudgetBurnsFast', 'ErrorBudgetBurns']) {
      const verdicts = cases.filter((one) => one.alert === alert).map(({ fires }) => fires);
      expect(verdicts, alert).toContain(true);
      expect(verdicts, alert).toContain(false);
    }
  });

  test('test rates above and below each threshold, no traffic, and the first failure', () => {
    const names = parsed(textOf([valid(availability(99.9))])).tests.map(({ name }) => name);
    expect(names.map((name) => name.replace('availability of checkout: ', ''))).toEqual([
      'above the threshold over 1h',
      'below the threshold over 1h',
      'above the threshold over 6h',
      'below the threshold over 6h',
      'above the threshold over 1d',
      'below the threshold over 1d',
      'above the threshold over 3d',
      'below the threshold over 3d',
      'all events are good',
      'no traffic',
      'the first failure, with little traffic',
    ]);
  });

  test('never let a critical alert of an objective without pages fire', () => {
    const { cases } = readRuleTest(textOf([valid(availability(99.9, { page: false }))]));
    expect(cases.filter(({ fires }) => fires).map(({ alert }) => alert)).not.toContain(
      'ErrorBudgetBurnsFast',
    );
  });

  test('have series for each kind of indicator', () => {
    // Without probes there is no series.
    const { tests } = parsed(textOf());
    for (const { name, input_series } of tests.filter(({ name }) => !/no traffic$/.test(name))) {
      expect(input_series.length, name).toBeGreaterThan(0);
    }
  });
});
