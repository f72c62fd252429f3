import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, checkInputOf, type NamedCheck } from '../../src/check.js';
import { dashboardsIn } from '../../src/checks/dashboard/dashboard.js';
import { loadModules } from '../../src/config/modules.js';
import { validate } from '../../src/config/validate.js';
import { loadContent } from '../../src/content/load.js';
import type { Finding } from '../../src/model/finding.js';
import { report } from '../../src/output/report.js';
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

/** The dashboards of an environment of this repository, with what the checks find in them. */
export const previewedDashboards = async (name: string): Promise<PreviewedDashboard[]> => {
  const [environments, content, checks] = await Promise.all([
    loadModules(resolve(root, 'environments'), 'config'),
    loadContent([root]),
    loadModules(resolve(root, 'src/checks'), 'checks'),
  ]);
  const module = environments.modules.find((one) => one.name === name);
  if (!module) {
    const names = environments.modules.map((one) => one.name).join(', ');
    throw new Error(`There is no environment '${name}': there are ${names}.`);
  }
  const { environment, findings } = validate(module.value, module.name, module.file);
  if (!environment) throw new Error(report(findings));
  const stack = buildStack(environment, content.content);
  const faults = [...content.findings, ...stack.findings];
  if (faults.length > 0) process.stderr.write(report(faults));
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
  return all.sort((a, b) => rank(a).localeCompare(rank(b), 'en'));
};
