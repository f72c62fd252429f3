import { basename, join, resolve } from 'node:path';
import { configFinding } from '../config/faults.js';
import type { Finding } from '../model/finding.js';
import type { Files } from './files.js';
import { write } from './publish.js';

/** cdk8s-cli empties its output folder before the app starts, which would delete the published manifests. */
export const emptiedFolder = (out: string): Finding[] =>
  stagingFolder() !== resolve(out)
    ? []
    : [
        configFinding({
          fault: 'emptied-output',
          place: { file: 'cdk8s.yaml', path: 'output' },
          value: out,
        }),
      ];

const stagingFolder = (): string | undefined =>
  process.env.CDK8S_OUTDIR && resolve(process.env.CDK8S_OUTDIR);

/** cdk8s-cli expects the manifests in its output folder, and prints them with `--stdout`. */
export const writeStaging = (files: Readonly<Record<string, Files>>): void => {
  const staging = stagingFolder();
  if (staging === undefined) return;
  for (const [name, one] of Object.entries(files)) write(join(staging, basename(name)), one);
};
