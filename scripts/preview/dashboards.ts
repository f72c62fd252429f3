import { parse, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, checkInputOf, type NamedCheck } from '../../src/check.js';
import { dashboardsIn } from '../../src/checks/dashboard/dashboard.js';
import { loadModules, type Modules } from '../../src/config/modules.js';
import { type Validated, validate } from '../../src/config/validate.js';
import { loadContent } from '../../src/content/load.js';
import { type Finding, hasError } from '../../src/model/finding.js';
import { suggest } from '../../src/model/suggestion.js';
import { buildStack } from '../../src/stack.js';

/** A panel in Grafana's JSON, as far as it is drawn. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of Grafana's, of which any part may be missing
export type Json = any;

/** A dashboard as it ships in an environment. */
export interface PreviewedDashboard {
  readonly uid: string;
  readonly folder: string;
  /** Where it was made. */
  readonly file: string;
  readonly json: Json;
  readonly findings: readonly Finding[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What there is to be seen, or the errors for which there is nothing. */
export interface Preview {
  readonly dashboards: readonly PreviewedDashboard[];
  readonly findings: readonly Finding[];
}

/** The dashboards of an environment of a repository, with what the checks find in them. */
export const previewedDashboards = async (name: string, folder = root): Promise<Preview> => {
  const [environments, content, checks] = await Promise.all([
    loadModules(resolve(folder, 'environments'), 'config'),
    loadContent([folder]),
    loadModules(resolve(root, 'src/checks'), 'checks'),
  ]);
  const { environment, findings } = environmentOf(name, environments);
  const loaded = [...findings, ...content.findings];
  if (!environment || hasError(loaded)) return { dashboards: [], findings: loaded };
  const stack = buildStack(environment, content.content);
  const faults = [...loaded, ...stack.findings];
  if (hasError(faults)) return { dashboards: [], findings: faults };
  const { sources, dashboards } = content.content;
  const found = check(stack, checks.modules as readonly NamedCheck[], [], sources);
  const all = dashboardsIn(checkInputOf(stack, [], sources)).map(({ uid, json }) => {
    const file = sources[`dashboards/${uid}`]?.file ?? '';
    return {
      uid,
      folder: dashboards[uid]?.folder ?? '',
      file,
      json,
      findings: found.filter(({ place }) => place.file === file),
    };
  });
  // Where to start comes first.
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
      {
        check: 'config',
        severity: 'error',
        place: { file: 'environments' },
        message: 'There is no such environment.',
        value: name,
        remedy: `Name one of ${names.join(', ')}.`,
        ...(suggestion && { suggestion }),
      },
    ],
  };
};
