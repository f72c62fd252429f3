import { readFileSync } from 'node:fs';
import type { CheckedProject } from '../../check-project.js';
import { plural } from '../../model/plural.js';
import { sourceFolder } from '../../model/source-folder.js';
import { type PreviewedDashboard, previewedDashboards } from './dashboards.js';
import { dashboardPage, indexPage } from './page.js';

/** The pages of an environment's dashboards. */
export interface Gallery {
  /** The files, by their names. */
  readonly files: Readonly<Record<string, string>>;
  /** What is in them, in one line. */
  readonly summary: string;
}

const assets = ['preview.css', 'theme.browser.js'];

/** The gallery of the only environment of a project. @default - it has errors and therefore no manifests */
export const galleryOf = (project: CheckedProject, environment: string): Gallery | undefined => {
  if ((project.unchecked ?? []).length > 0) return undefined;
  const dashboards = previewedDashboards(project);
  return {
    files: Object.fromEntries([
      ['index.html', indexPage(dashboards, environment)],
      ...dashboards.map((one) => [`${one.uid}.html`, dashboardPage(one, dashboards)]),
      ...assets.map((name) => [name, assetOf(name)]),
    ]),
    summary: summaryOf(dashboards, environment),
  };
};

const assetOf = (name: string): string =>
  readFileSync(new URL(`cli/preview/${name}`, sourceFolder), 'utf8');

const summaryOf = (dashboards: readonly PreviewedDashboard[], environment: string): string => {
  const found = dashboards.flatMap(({ findings }) => findings).length;
  return `${plural(dashboards.length, 'dashboard')} of ${environment}, with ${found === 0 ? 'no findings' : plural(found, 'finding')}.`;
};
