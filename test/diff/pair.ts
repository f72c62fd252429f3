import type { Content } from '../../src/content/content.js';
import { dashboard, stat } from '../../src/content/grafana.js';
import type { Change, Section } from '../../src/diff/change.js';
import { compare } from '../../src/diff/compare.js';
import { snapshotOfFiles, snapshotOfObjects } from '../../src/diff/snapshot.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { manifestFiles } from '../../src/output/files.js';
import { build, minimal, noContent } from '../environment.js';

/** Options and content of one side. */
export interface Side {
  readonly options?: object;
  readonly content?: Content;
}

/** The manifests of a side. */
export const manifestsOf = ({ options = {}, content = noContent }: Side) =>
  build({ ...minimal, ...options } as EnvironmentOptions, content).manifests;

/** What changes from one side, as it is published, to another, as it is synthesized. */
export const changesOf = (before: Side, after: Side): Change[] =>
  compare(
    snapshotOfFiles(manifestFiles(manifestsOf(before))),
    snapshotOfObjects(manifestsOf(after).map(({ object }) => object)),
  );

/** The changes of one section, as short texts. */
export const lines = (changes: readonly Change[], section: Section): string[] =>
  changes
    .filter((one) => one.section === section)
    .map(({ kind, subject, effect, details }) => {
      const texts = details.map(
        ({ what, before, after }) =>
          `${what}${before === undefined && after === undefined ? '' : ` ${before ?? '-'} → ${after ?? '-'}`}`,
      );
      return `${[kind, subject, effect].filter(Boolean).join(' ')}: ${texts.join('; ')}`;
    });

/** Content with one rule file. */
export const rules = (...list: readonly object[]): Content => ({
  ...noContent,
  ruleFiles: { shop: [{ name: 'shop', rules: list as never }] },
});

/** Content with one dashboard, whose panels have these titles and queries. */
export const panels = (queries: Readonly<Record<string, string>>, title = 'Shop'): Content => ({
  ...noContent,
  dashboards: {
    shop: dashboard({
      title,
      description: 'Orders.',
      folder: 'Shop',
      rows: [
        {
          title: 'Orders',
          panels: Object.entries(queries).map(([name, query]) =>
            stat({ title: name, description: 'Orders. Bad: none.', unit: 'short', queries: query }),
          ),
        },
      ],
    }),
  },
});
