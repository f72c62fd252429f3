import { parse, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dashboardsIn } from '../../src/checks/support/dashboard.js';
import { configFinding } from '../../src/config/faults.js';
import { loadModules, type Modules } from '../../src/config/modules.js';
import { loadContent } from '../../src/content/load.js';
import { type Validated, validate } from '../../src/environment/validate.js';
import { loadChecks } from '../../src/load-checks.js';
import { type Finding, hasError } from '../../src/model/finding.js';
import { suggest } from '../../src/model/suggestion.js';
import { checkInputOf, runChecks } from '../../src/run-checks.js';
import { buildStack } from '../../src/stack.js';

/** The parts of a panel in Grafana's JSON that are drawn. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of Grafana's, of which any part may be missing
export type Json = any;

/** A shipped dashboard of an environment. */
export interface PreviewedDashboard {
  readonly uid: string;
  readonly folder: string;
  /** Path of its source. */
  readonly file: string;
  readonly json: Json;
  readonly findings: readonly Finding[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The dashboards, or the errors that prevent them. */
export interface Preview {
  readonly dashboards: readonly PreviewedDashboard[];
  readonly findings: readonly Finding[];
}

/** The dashboards of an environment in a repository, with the findings in them. */
export const previewedDashboards = async (name: string, folder = root): Promise<Preview> => {
  const [environments, content, checks] = await Promise.all([
    loadModules(resolve(folder, 'environments'), 'config'),
    loadContent([folder]),
    loadChecks(),
  ]);
  const { environment, findings } = environmentOf(name, environments);
  const loaded = [...findings, ...content.findings];
  if (!environment || hasError(loaded)) return { dashboards: [], findings: loaded };
  const stack = buildStack(environment, content.content);
  const faults = [...loaded, ...stack.findings];
  if (hasError(faults)) return { dashboards: [], findings: faults };
  const { sources, dashboards } = content.content;
  const input = checkInputOf(stack, [], sources);
  const found = runChecks(stack, checks.checks, input);
  const all = dashboardsIn(input).map(({ uid, json }) => {
    const file = sources[`dashboards/${uid}`]?.file ?? '';
    return {
      uid,
      folder: dashboards[uid]?.folder ?? '',
      file,
      json,
      findings: found.filter(({ place }) => place.file === file),
    };
  });
  // The start page is first.
  const first = all.find(({ uid }) => uid === 'overview')?.folder;
  const rank = ({ uid, folder, json }: PreviewedDashboard) =>
    `${Number(folder !== first)} ${folder} ${Number(uid !== 'overview')} ${json.title}`;
  return {
    dashboards: all.sort((a, b) => rank(a).localeCompare(rank(b), 'en')),
    findings: faults,
  };
};

const environmentOf = (name: string, { modules, findings }: Modules): Validated => {
  const module = modules.find((one) => one.name === name);
  if (module) return validate(module.value, module.name, module.file);
  const broken = findings.filter(({ place }) => parse(place.file ?? '').name === name);
  if (broken.length > 0) return { findings: broken };
  const names = modules.map((one) => one.name);
  const suggestion = suggest(name, names);
  return {
    findings: [
      configFinding({
        fault: 'no-environment',
        place: { file: 'environments' },
        message: `Environment '${name}' does not exist.`,
        value: name,
        remedy: `Use one of ${names.join(', ')}.`,
        ...(suggestion && { suggestion }),
      }),
    ],
  };
};
