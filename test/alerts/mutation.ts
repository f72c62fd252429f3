import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { AlertGroup } from '../../src/content/alert-group.js';
import { ruleFile } from '../../src/content/rule-file.js';
import { type Mutant, mutantsOf } from './mutant.js';
import { alertsFolder, inParallel, promtool, removeFolder, testFolder } from './promtool.js';

/** A mutant, and whether some test noticed it. */
export interface Outcome extends Omit<Mutant, 'rules'> {
  readonly group: string;
  readonly killed: boolean;
}

interface RuleTests {
  readonly rule_files: readonly string[];
  readonly tests: readonly { readonly alert_rule_test?: readonly { alertname: string }[] }[];
}

/** Spoils the rules of groups in every way, one at a time, and has promtool test each. */
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

// As YAML has it, the values 0x30 of a series would be the number 48.
const asText = { schema: 'failsafe' } as const;

/** Only the rule and what it is made of is tested, since a test evaluates all that is in a file. */
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
    ruleFile(group, {
      recordings,
      alerts: isAlert ? alerts.filter(({ alert }) => alert === rule) : alerts,
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
  // Not even read, it would be no test that noticed.
  if (!ok && !/got:|FAILED/.test(output))
    throw new Error(`${rule} is spoilt altogether: ${output}`);
  return ok;
};
