import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRuleTest } from '../../src/content/rule-test.js';
import { runbookSections } from '../../src/content/runbook.js';
import { coverage, peerNames } from '../../test/alerts/coverage.js';
import { operators } from '../../test/alerts/mutant.js';
import { mutate } from '../../test/alerts/mutation.js';
import { alertsFolder, shippedGroups } from '../../test/alerts/promtool.js';
import { EngineError } from '../../test/engines/engine.js';
import type { Section } from './section.js';

const percent = (part: number, whole: number): string =>
  `${part} of ${whole} (${((100 * part) / Math.max(1, whole)).toFixed(1)} %)`;

/**
 * Figures about alerts and the quality of their tests: it mutates every rule, which takes a while.
 */
export const alerts: Section = async () => {
  const groups = await shippedGroups();
  const names = Object.keys(groups);
  const made = Object.values(groups).map((group) => group.rules(group.thresholds));
  const all = made.flatMap((rules) => rules.alerts);
  const read = (name: string, extension: string): string =>
    readFileSync(join(alertsFolder, `${name}${extension}`), 'utf8');
  const cases = names.flatMap((name) => readRuleTest(read(name, '.test.yaml')).cases);
  const sections = names.flatMap((name) => runbookSections(read(name, '.md')));
  const rows = Object.values(coverage());
  const mutants = await killedMutants(groups);
  const severity = (wanted: string): number =>
    all.filter((alert) => alert.severity === wanted).length;
  return {
    title: 'Alerts',
    figures: {
      groups: names.length,
      alerts: all.length,
      'critical, warning, info': ['critical', 'warning', 'info'].map(severity).join(', '),
      'recording rules': made.flatMap(({ recordings = [] }) => recordings).length,
      'with a dashboard': percent(
        Object.values(groups).flatMap((group) =>
          group
            .rules(group.thresholds)
            .alerts.filter(({ dashboard = group.dashboard }) => dashboard !== undefined),
        ).length,
        all.length,
      ),
      'tests that fire, that are silent': [true, false]
        .map((fires) => cases.filter((one) => one.fires === fires).length)
        .join(', '),
      'runbook sections': sections.length,
      ...mutants,
      "the peers' alerts covered": percent(
        rows.filter((row) => 'by' in row).length,
        peerNames().length,
      ),
      'refused with a reason': rows.filter((row) => 'refused' in row).length,
    },
  };
};

/** The number of mutants that a test kills, or how to install promtool. */
const killedMutants = async (
  groups: Parameters<typeof mutate>[0],
): Promise<Readonly<Record<string, string>>> => {
  const title = 'mutants that a test kills';
  try {
    const outcomes = await mutate(groups, Object.keys(groups), () => {});
    const noticed = (some: typeof outcomes): string =>
      percent(some.filter((one) => one.killed).length, some.length);
    const by = operators.map((operator) => [
      `  by ${operator}`,
      noticed(outcomes.filter((one) => one.operator === operator)),
    ]);
    return { [title]: noticed(outcomes), ...Object.fromEntries(by) };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { [title]: `left out. ${error.message}` };
  }
};
