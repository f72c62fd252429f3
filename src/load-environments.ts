import { resolve } from 'node:path';
import { configFinding } from './config/faults.js';
import { dnsLabel } from './config/fields.js';
import { type LoadModule, loadModules } from './config/modules.js';
import { strayFiles } from './config/stray.js';
import { validate } from './environment/validate.js';
import type { Finding } from './model/finding.js';
import { withOptionLine } from './option-line.js';

/** Loads and validates the environments of a folder, or only the named ones. */
export const loadEnvironments = async (
  folder: string,
  load: LoadModule | undefined,
  only: readonly string[] | undefined,
) => {
  const { modules, findings, others } = await loadModules(resolve(folder), 'config', load, only);
  const validated = modules.map(({ value, name, file }) => validate(value, name, file));
  const stray = strayFiles(resolve(folder), 'config');
  const none: Finding[] =
    modules.length + findings.length + stray.length > 0
      ? []
      : [configFinding({ fault: 'no-environment', place: { file: folder } })];
  return {
    /** Whether the folder has more environments than the named ones. */
    others,
    environments: validated.flatMap(({ environment }) => environment ?? []),
    findings: [
      ...findings,
      ...stray,
      ...none,
      ...modules.flatMap(misnamed),
      ...validated.flatMap((one, index) =>
        one.findings.map((finding) => withOptionLine(finding, modules[index]!.file)),
      ),
    ],
  };
};

/** The name of the file becomes the name of a folder, and part of commands and paths. */
const misnamed = ({ name, file }: { name: string; file: string }): Finding[] =>
  dnsLabel.safeParse(name).success
    ? []
    : [configFinding({ fault: 'environment-name', place: { file }, value: name })];
