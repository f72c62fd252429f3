import { join } from 'node:path';
import { shippedChecks } from './checks/index.js';
import { moduleFinding } from './config/faults.js';
import { type LoadModule, loadModules, type Module, sameName } from './config/modules.js';
import type { Check } from './model/check.js';
import type { Finding } from './model/finding.js';
import { unreadableIn } from './model/unreadable.js';
import type { NamedCheck } from './run-checks.js';

export interface LoadedCheck extends NamedCheck {
  /** Relative to the working directory; of a check that ships, relative to the project. */
  readonly file: string;
}

export interface LoadedChecks {
  /** Sorted by name. */
  readonly checks: readonly LoadedCheck[];
  /** Findings about files that cannot be loaded, or do not export a check. */
  readonly findings: readonly Finding[];
}

const shipped: readonly LoadedCheck[] = Object.entries(shippedChecks).flatMap(([domain, checks]) =>
  Object.entries(checks).map(([name, value]) => ({
    name,
    value,
    file: `src/checks/${domain}/${name}.ts`,
  })),
);

/** The checks that ship, and those in `checks/` of each content folder. */
export const loadChecks = async (
  load?: LoadModule,
  content: readonly string[] = [],
): Promise<LoadedChecks> => {
  const loaded = await Promise.all(
    content.map((folder) => loadModules(join(folder, 'checks'), 'checks', load)),
  );
  const firsts = new Map<string, Module>(shipped.map((check) => [check.name, check]));
  const findings = loaded.flatMap((one) => one.findings);
  for (const module of loaded.flatMap((one) => one.modules)) {
    const first = firsts.get(module.name);
    if (first) findings.push(sameName(module, first.file, 'checks'));
    else {
      const message = faultOf(module.value);
      if (message === undefined) firsts.set(module.name, module);
      else {
        const place = { file: module.file };
        findings.push(moduleFinding('checks', { fault: 'no-check', place, message }));
      }
    }
  }
  const checks = [...firsts.values()] as unknown as LoadedCheck[];
  return { checks: checks.sort((a, b) => (a.name < b.name ? -1 : 1)), findings };
};

/** Why a value is not a check; undefined if it is one. */
const faultOf = (value: unknown): string | undefined => {
  const unreadable = unreadableIn(value);
  if (unreadable) {
    const { path, expected } = unreadable;
    return `A part of the check${path.length > 0 ? `, ${path.join('.')},` : ''} is not ${expected}.`;
  }
  const { run, faults, summary } = (value ?? {}) as Partial<Check>;
  if (typeof run !== 'function') return 'The check has no function `run`.';
  if (typeof faults !== 'object' || faults === null) return 'The check has no object `faults`.';
  return typeof summary === 'string' ? undefined : 'The check has no text `summary`.';
};
