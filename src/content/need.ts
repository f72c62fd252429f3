import { isImported } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { suggest } from '../model/suggestion.js';
import type { Content } from './content.js';
import { type ContentFault, contentFinding } from './faults.js';
import { metaExtension } from './import/meta.js';
import type { Omission } from './selected.js';

/** Content that needs an unknown scrape job: no environment would ever have it. */
export const unknownNeeds = (content: Content, known: readonly string[]): Finding[] =>
  [
    ...Object.entries(content.dashboards).map(([uid, { needs = [] }]) => ({
      key: `dashboards/${uid}`,
      needs,
    })),
    ...Object.entries(content.alerts).map(([name, group]) => ({
      key: `alerts/${name}`,
      needs: [...group.needs, ...alertsOf(group).flatMap((one) => one.needs ?? [])],
    })),
  ].flatMap(({ key, needs }) =>
    unknown(needs, known, key, content, {
      fault: 'unknown-need',
      remedy: `Use one of ${[...new Set(known)].sort().join(', ')}.`,
    }),
  );

/** Links of alerts to dashboards that do not exist. */
export const unknownDashboards = (content: Content): Finding[] => {
  const known = Object.keys(content.dashboards).sort();
  return Object.entries(content.alerts).flatMap(([name, group]) =>
    unknown(
      alertsOf(group).flatMap(({ dashboard = group.dashboard }) => dashboard ?? []),
      known,
      `alerts/${name}`,
      content,
      {
        fault: 'unknown-dashboard',
        remedy: `Use one of ${known.join(', ')}.`,
      },
    ),
  );
};

/** Rule files of others of which no environment has a rule. */
export const unscrapedRules = (
  { ruleFiles, sources }: Content,
  environments: readonly (readonly Omission[])[],
): Finding[] =>
  Object.entries(ruleFiles).flatMap(([name, groups]) => {
    const total = groups.flatMap(({ rules }) => rules).length;
    const left = environments.map((all) => all.filter(({ file }) => file === name));
    const [[first] = []] = left;
    if (!first || left.some(({ length }) => length < total)) return [];
    return [
      contentFinding({
        fault: 'unscraped-rules',
        place: { file: sources[`alerts/${name}`]?.file },
        message: `No environment has any of the ${total} rules: ${first.reason}.`,
      }),
    ];
  });

const alertsOf = (group: Content['alerts'][string]) => group.rules(group.thresholds).alerts;

const unknown = (
  names: readonly string[],
  known: readonly string[],
  key: string,
  { sources }: Content,
  described: Pick<ContentFault, 'fault' | 'remedy'>,
): Finding[] =>
  [...new Set(names)]
    .filter((name) => !known.includes(name))
    .map((name) => {
      const source = sources[key];
      const suggestion = suggest(name, known);
      // What others wrote states its jobs in the file next to it.
      const place = isImported(source)
        ? { file: source?.file.replace(/\.\w+$/, metaExtension), path: 'needs' }
        : { file: source?.file, line: source?.lineOf(`'${name}'`) };
      return contentFinding({
        place,
        value: name,
        ...described,
        ...(suggestion && { suggestion }),
      });
    });
