import { join } from 'node:path';
import { type LoadModule, loadModules } from '../../config/modules.js';
import type { Finding } from '../../model/finding.js';
import { validateValue } from '../../schema/validate-value.js';
import { applicationFinding } from '../faults.js';
import { applicationSchema, type DeclaredApplication } from './application.js';

/** An application that a file declares. */
export interface ApplicationFile {
  /** Name of the file without its extension. */
  readonly name: string;
  readonly file: string;
  readonly application: DeclaredApplication;
}

export interface LoadedFiles {
  readonly files: readonly ApplicationFile[];
  /** Names of the files with a fault. */
  readonly unreadable: readonly string[];
  readonly findings: readonly Finding[];
}

/** Loads and validates the TypeScript files of `applications/` of each folder. */
export const loadApplicationFiles = async (
  folders: readonly string[],
  load?: LoadModule,
): Promise<LoadedFiles> => {
  const all = await Promise.all(
    folders.map((folder) => loadModules(join(folder, 'applications'), 'applications', load)),
  );
  const read = all
    .flatMap(({ modules }) => modules)
    .map(({ name, file, value }) => ({
      name,
      file,
      ...validateValue(applicationSchema, value, file),
    }));
  return {
    files: read.flatMap(({ name, file, data }) =>
      data ? { name, file, application: { ...data, declaredAt: { file } } } : [],
    ),
    unreadable: read.flatMap(({ name, data }) => (data ? [] : name)),
    findings: [
      ...all.flatMap(({ findings }) => findings),
      ...read.flatMap(({ faults }) => faults.map((fault) => applicationFinding(fault))),
    ],
  };
};
