import type { CheckedProject } from '../../check-project.js';
import { dashboardsIn } from '../../checks/support/dashboard.js';
import type { CheckInput } from '../../model/check.js';
import type { Finding } from '../../model/finding.js';

/** The parts of a panel in Grafana's JSON that are drawn. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of Grafana's, of which any part may be missing
export type Json = any;

/** A dashboard of an environment. */
export interface PreviewedDashboard {
  readonly uid: string;
  readonly folder: string;
  /** Path of its source. */
  readonly file: string;
  readonly json: Json;
  readonly findings: readonly Finding[];
}

/** The dashboards of the only environment of a project, with the findings in their files; the start page is first. */
export const previewedDashboards = ({
  inputs,
  content,
  findings,
}: Pick<CheckedProject, 'inputs' | 'content' | 'findings'>): readonly PreviewedDashboard[] => {
  const all = inputs.flatMap((input) => dashboardsOf(input, content.dashboards, findings));
  const first = all.find(({ uid }) => uid === 'overview')?.folder;
  const rank = ({ uid, folder, json }: PreviewedDashboard) =>
    `${Number(folder !== first)} ${folder} ${Number(uid !== 'overview')} ${json.title}`;
  return all.sort((a, b) => rank(a).localeCompare(rank(b), 'en'));
};

const dashboardsOf = (
  input: CheckInput,
  sources: CheckedProject['content']['dashboards'],
  findings: readonly Finding[],
): PreviewedDashboard[] =>
  dashboardsIn(input).map(({ uid, json, placeOf }) => {
    const { file = '' } = placeOf();
    return {
      uid,
      folder: sources[uid]?.folder ?? '',
      file,
      json,
      findings: findings.filter(({ place }) => file !== '' && place.file === file),
    };
  });
