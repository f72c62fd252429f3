import { checkProject } from '../../check-project.js';
import { loadContent } from '../../content/load.js';
import { hasError } from '../../model/finding.js';
import { firstLineOf } from '../../model/unreadable.js';
import { arrange } from '../../output/arrange.js';
import { report } from '../../output/report.js';
import { type Runtime, UsageError } from '../command.js';
import { folders, isClone, projectOf } from '../project.js';
import { groupsOf, type Tell, testAlerts } from './alerts.js';
import { testPublished } from './drift.js';
import { testObjectives } from './objectives.js';
import { findPromtool } from './promtool.js';

/** Tests a project, or only the named alert groups; returns whether all pass. */
export const runTest = async (wanted: readonly string[], runtime: Runtime): Promise<boolean> => {
  const project = projectOf(runtime, {});
  const promtool = findPromtool(runtime.shipped);
  if (wanted.length > 0) {
    const { content, findings } = await loadContent(['.'], runtime.load);
    if (hasError(findings)) {
      process.stderr.write(report(arrange(findings)));
      return false;
    }
    const names = groupsOf(content, wanted);
    if (promtool === undefined) throw new UsageError(withoutPromtool(runtime.shipped));
    return testAlerts(content, names, promtool, tell);
  }
  const checked = await checkProject(project, runtime.shipped);
  const { findings, stacks, unchecked } = checked;
  if (findings.length > 0) process.stderr.write(report(arrange(findings), undefined, unchecked));
  if (hasError(findings)) {
    tell('checks', false);
    return false;
  }
  tell(`checks of ${stacks.map(({ environment }) => environment.name).join(', ')}`, true);
  const { content } = await loadContent(['.'], runtime.load);
  const names = groupsOf(content, []);
  const objectives = checked.objectives?.() ?? [];
  const passes = [
    published(() => testPublished(checked, folders.out, tell)),
    promtool === undefined || (await testAlerts(content, names, promtool, tell)),
    promtool === undefined ||
      (await testObjectives(objectives, checked.content.alerts.objectives, promtool, tell)),
  ];
  if (promtool === undefined && names.length + objectives.length > 0) {
    process.stderr.write(`${withoutPromtool(runtime.shipped)}\n`);
  }
  return passes.every(Boolean);
};

const tell: Tell = (part, ok, details = '') => {
  process.stdout.write(
    `${ok ? 'ok    ' : 'FAILED'} ${part}\n${ok || !details ? '' : `${details}\n`}`,
  );
};

/** A folder there may not be one that synth has written. */
const published = (test: () => boolean): boolean => {
  try {
    return test();
  } catch (error) {
    tell(`${folders.out}/`, false, firstLineOf(error));
    return false;
  }
};

const withoutPromtool = (shipped: string): string =>
  `promtool is not in the PATH, so the tests of alerts did not run. It is in the archives of Prometheus: https://prometheus.io/download/${
    isClone(shipped) ? '; npx tsx tools/engines.ts prometheus builds it, with Go' : ''
  }`;
