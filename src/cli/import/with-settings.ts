import { dirname, resolve } from 'node:path';
import type { ProjectOptions } from '../../check-project.js';
import { importModule } from '../../config/modules.js';
import { propertyLine } from '../../environment/property-line.js';
import type { Finding } from '../../model/finding.js';
import type { Runtime } from '../command.js';
import type { Piece } from './native/piece.js';

/** A module with the value of an option. */
export interface SettingsFile {
  readonly path: string;
  readonly option: Piece['option'];
  readonly text: string;
}

/** A project whose environments use the settings. */
export const withSettings = async (
  project: ProjectOptions,
  settings: readonly SettingsFile[],
  { load }: Pick<Runtime, 'load'>,
): Promise<ProjectOptions> => {
  const values = await Promise.all(
    settings.map(
      async ({ path, option }) => [option, (await load(resolve(path))).default] as const,
    ),
  );
  const original = project.load ?? importModule;
  return {
    ...project,
    load: async (path) => {
      const module = await original(path);
      if (dirname(path) !== resolve(project.environments)) return module;
      const environment = Object(module.default);
      const used = values.map(([option, value]) => [
        option,
        // Receivers and routes belong together; the other options of Prometheus remain.
        option === 'alerting' ? value : { ...environment[option], ...Object(value) },
      ]);
      return { ...module, default: { ...environment, ...Object.fromEntries(used) } };
    },
  };
};

/** The findings that the settings cause, at their lines. */
export const causedBy = (
  settings: readonly SettingsFile[],
  findings: readonly Finding[],
  before: readonly Finding[],
): Finding[] => {
  if (settings.length === 0) return [];
  const known = new Set(before.map(identityOf));
  const caused = findings
    .filter((one) => !known.has(identityOf(one)))
    .map((one) => placed(one, settings));
  return [...new Map(caused.map((one) => [identityOf(one), one])).values()];
};

const identityOf = ({ code, place, value }: Finding): string => {
  const { line, ...rest } = place;
  return JSON.stringify([code, rest, String(value)]);
};

const placed = (finding: Finding, settings: readonly SettingsFile[]): Finding => {
  const { path = '', environment, object } = finding.place;
  const own = settings.find(({ option }) => path === option || path.startsWith(`${option}.`));
  if (!own || object) return finding;
  const inside = path.slice(own.option.length + 1);
  const line = inside ? propertyLine(own.text, inside) : undefined;
  return {
    ...finding,
    place: {
      file: own.path,
      path: inside,
      ...(environment && { environment }),
      ...(line && { line }),
    },
  };
};
