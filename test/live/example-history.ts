import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { engineBinary } from '../engines/installation.js';

const run = promisify(execFile);

/** A series of history: its value at a time in seconds, from `since` seconds before the end. */
export interface PastSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly since: number;
  /** Seconds between samples. */
  readonly step: number;
  readonly value: (second: number) => number;
}

/** Writes samples that end at a time, in seconds, as blocks of Prometheus into its data folder. */
export const writeHistory = async (
  data: string,
  end: number,
  all: readonly PastSeries[],
): Promise<void> => {
  mkdirSync(data, { recursive: true });
  const file = join(data, 'history.txt');
  const lines = all.flatMap(({ name, labels, since, step, value }) => {
    const text = Object.entries(labels).map(([label, one]) => `${label}=${JSON.stringify(one)}`);
    return Array.from({ length: Math.floor(since / step) }, (_, index) => {
      const second = end - since + (index + 1) * step;
      return `${name}{${text.join(',')}} ${value(second)} ${second}`;
    });
  });
  writeFileSync(file, `${lines.join('\n')}\n# EOF\n`);
  await run(await engineBinary('promtool'), [
    ...['tsdb', 'create-blocks-from', 'openmetrics', '--quiet'],
    ...['--max-block-duration=96h', file, data],
  ]);
};
