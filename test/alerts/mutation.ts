import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { AlertGroup } from '../../src/content/alert-group.js';
import { ruleGroup } from '../../src/content/rule-group.js';
import { toYaml } from '../../src/model/yaml.js';
import { type Mutant, mutantsOf } from './mutant.js';
import { alertsFolder, inParallel, promtool, removeFolder, testFolder } from './promtool.js';

/** A mutant, and whether a test detects it. */
export interface Outcome extends Omit<Mutant, 'rules'> {
  readonly group: string;
  readonly killed: boolean;
}

interface RuleTests {
  readonly rule_files: readonly string[];
  readonly tests: readonly { readonly alert_rule_test?: readonly { alertname: string }[] }[];
}

/** Mutates the rules of groups, one change at a time, and runs promtool on each mutant. */
export const mutate = async (
  groups: Readonly<Record<string, AlertGroup>>,
  names: readonly string[],
  progress: (done: number, total: number) => void,
): Promise<Outcome[]> => {
  const folder = testFolder(groups);
  try {
    const mutants = names.flatMap((group) => {
      const { rules, thresholds } = groups[group]!;
      return mutantsOf(rules(thresholds)).map((mutant) => ({ group, ...mutant }));
    });
    let done = 0;
    return await inParallel(mutants, async ({ rules, ...mutant }, index) => {
      const killed = !(await passes(folder, `mutant-${index}`, { ...mutant, rules }));
      progress(++done, mutants.length);
      return { ...mutant, killed };
    });
  } finally {
    removeFolder(folder);
  }
};

// Numbers stay texts: in YAML, the values 0x30 of a series would be the number 48.
const asText = { schema: 'failsafe' } as const;

/**
 * Only the mutated rule and the rules that it uses are tested, because a test evaluates the whole
 * file.
 */
const passes = async (
  folder: string,
  file: string,
  { group, rule, rules: { recordings = [], alerts } }: Mutant & { group: string },
): Promise<boolean> => {
  const text = readFileSync(join(alertsFolder, `${group}.test.yaml`), 'utf8');
  const ruleTests: RuleTests = parse(text, asText);
  const isAlert = alerts.some(({ alert }) => alert === rule);
  const tests = ruleTests.tests.filter(
    ({ alert_rule_test = [] }) => !isAlert || alert_rule_test.some((one) => one.alertname === rule),
  );
  writeFileSync(
    join(folder, `${file}.yaml`),
    toYaml({
      groups: [
        ruleGroup(group, {
          recordings,
          alerts: isAlert ? alerts.filter(({ alert }) => alert === rule) : alerts,
        }),
      ],
    }),
  );
  writeFileSync(
    join(folder, `${file}.test.yaml`),
    stringify(
      {
        ...ruleTests,
        rule_files: ruleTests.rule_files.map((one) =>
          one === `${group}.yaml` ? `${file}.yaml` : one,
        ),
        tests,
      },
      asText,
    ),
  );
  const { ok, output } = await promtool(folder, ['test', 'rules', `${file}.test.yaml`]);
  // A test that cannot be loaded detects nothing.
  if (!ok && !/got:|FAILED/.test(output)) throw new Error(`${rule} cannot be tested: ${output}`);
  return ok;
};
