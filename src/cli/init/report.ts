import { relative } from 'node:path';
import pc from 'picocolors';
import type { Answers } from '../../cluster/answers.js';
import type { ClusterFacts } from '../../cluster/facts.js';
import type { lookUps } from '../../cluster/line.js';
import type { Reading } from '../../cluster/reading.js';
import { summary, warnings } from '../../cluster/summary.js';
import { plural } from '../../model/plural.js';
import { takesColours } from '../../output/colours.js';

const colours = () => pc.createColors(takesColours(process.stdout, process.env));

/** Texts of a cluster cannot control the terminal. */
const printable = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ');

/** What was found and where, what could not be read, and what to know. */
export const report = (reading: Reading, facts: ClusterFacts): string => {
  const { bold, dim, yellow } = colours();
  const lines = summary(facts);
  const width = Math.max(...lines.map(([name]) => name.length));
  return [
    `Found in ${reading.source}:`,
    ...lines.map(
      ([name, value, from]) =>
        `  ${name.padEnd(width)}  ${bold(printable(value))}${from ? dim(` (${printable(from)})`) : ''}`,
    ),
    ...reading.missing.map(({ kind, reason }) =>
      yellow(`Not read: ${kind}: ${reason}. What follows from it is missing above.`),
    ),
    ...warnings(facts).map((text) => yellow(`Note: ${text}`)),
    '',
  ].join('\n');
};

/** What was written, what is left to do, and what comes next. */
export const result = (
  folder: string,
  file: string,
  { name, alerts, grafana }: Answers,
  { found, left }: ReturnType<typeof lookUps>,
  needsInstall: boolean,
): string =>
  [
    `Wrote ${file}, with ${plural(found.length, 'value')} of the cluster.`,
    ...(left.length > 0 ? [`To confirm or add by hand: ${left.join(', ')}.`] : []),
    ...(alerts.kind === 'nobody' ? ['Nobody is notified: add alerting.'] : []),
    ...(grafana.kind === 'port-forward' ? ['Grafana is not exposed: add exposure.'] : []),
    `Next: ${relative('.', folder) === '' ? '' : `cd ${relative('.', folder)} && `}${needsInstall ? 'npm install && ' : ''}npx crowsnest synth --environment ${name}; dist/${name}/README.md then has the commands to deploy it.`,
    ...(needsInstall
      ? ['Commit package-lock.json, which npm install writes: npm ci in the pipelines needs it.']
      : []),
    '',
  ].join('\n');
