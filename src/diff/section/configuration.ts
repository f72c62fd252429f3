import { loadTitle } from '../../output/readme/load.js';
import { type Change, kindOf, type Section } from '../change.js';
import type { Comparison } from '../comparison.js';
import { type Difference, detailsOf, differences } from '../differences.js';
import type { FilePair } from '../file.js';
import { sums } from '../tally.js';

/** Receivers and routes of Alertmanager. */
export const notifications = ({ files }: Comparison): Change[] =>
  files
    .filter((file) => kindIn(file) === 'alertmanager')
    .flatMap((file) =>
      grouped('notifications', file, ({ path }) => (path[0] === 'receivers' ? 2 : 1)),
    )
    .map((change) => ({ ...change, subject: change.subject.replace(/^receivers /, 'receiver ') }));

/** Scrape jobs of Prometheus, and the expected series. */
export const scraping = ({ files, readmes }: Comparison): Change[] => [
  ...files
    .filter((file) => kindIn(file) === 'prometheus')
    .flatMap((file) => grouped('scraping', file, () => 2))
    .filter(({ subject }) => subject.startsWith(jobs))
    .map((change) => ({ ...change, subject: change.subject.slice(jobs.length) })),
  ...expectedLoad(readmes),
];

const jobs = 'scrape_configs ';

/** All other files, also the rest of prometheus.yml. */
export const configuration = ({ files }: Comparison): Change[] =>
  files.flatMap((file): Change[] => {
    const kind = kindIn(file);
    if (kind === 'prometheus') {
      return grouped('configuration', file, () => 1).filter(
        ({ subject }) => subject !== 'scrape_configs',
      );
    }
    if (kind !== 'other') return [];
    const { name, configMap, before, after } = file;
    const base = {
      section: 'configuration',
      kind: kindOf(before, after),
      subject: `${configMap} ${name}`,
    } as const;
    if (!before || !after) return [{ ...base, details: [] }];
    const found = differences(before.value, after.value);
    // It has another order or format.
    return [{ ...base, details: detailsOf(found) }];
  });

const kindIn = ({ before, after }: FilePair): string => (after ?? before)!.kind;

/** Differences in a file, as one change for each of its parts; the parts are as deep as `depth` says. */
const grouped = (
  section: Section,
  { before, after }: FilePair,
  depth: (difference: Difference) => number,
): Change[] => {
  const found = differences(before?.value ?? {}, after?.value ?? {}).flatMap(expanded);
  const groups = new Map<string, Difference[]>();
  for (const one of found) {
    const subject = one.path
      .slice(0, depth(one))
      .map((name) => name.replace(/^\[(.*)\]$/, '$1'))
      .join(' ');
    groups.set(subject, [...(groups.get(subject) ?? []), one]);
  }
  return [...groups].map(([subject, group]): Change => {
    const [first] = group;
    // A file that only one side has is added or removed as a whole.
    const whole = kindOf(before, after);
    if (whole !== 'changed') return { section, kind: whole, subject, details: [] };
    const isWhole = group.length === 1 && first!.path.length === depth(first!);
    return {
      section,
      kind: isWhole ? kindOf(first!.before, first!.after) : 'changed',
      subject,
      details:
        isWhole && isObject(first!.before ?? first!.after) ? [] : detailsOf(group, depth(first!)),
    };
  });
};

/** A list or a mapping that only one side has, as its parts. */
const expanded = (one: Difference): Difference[] => {
  const { path, before, after } = one;
  if (path.length > 1 || (before !== undefined && after !== undefined)) return [one];
  const value = after ?? before;
  if (!isObject(value)) return [one];
  const empty = Array.isArray(value) ? [] : {};
  return differences(before ?? empty, after ?? empty, path);
};

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** The estimate, as the generated READMEs state it. */
const expectedLoad = ({ before, after }: Comparison['readmes']): Change[] => {
  if (before === undefined || after === undefined || before === after) return [];
  const details = detailsOf(differences(loadIn(before), loadIn(after)));
  return details.length > 0
    ? [{ section: 'scraping', kind: 'changed', subject: sums.scraping, details }]
    : [];
};

const loadIn = (readme: string): Record<string, string> => {
  const [, section = ''] = readme.split(`\n${loadTitle}\n`);
  const [table = ''] = section.split('\n## ');
  const rows = [...table.matchAll(/^\| (.+?) \| (.+?) \|$/gm)].slice(2);
  return Object.fromEntries(
    rows.map(([, what = '', expected = '']) => {
      const [, retention] = /^disk for (.+)$/.exec(what) ?? [];
      return retention === undefined ? [what, expected] : ['disk', `${expected} for ${retention}`];
    }),
  );
};
