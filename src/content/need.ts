import type { Finding } from '../model/finding.js';
import { suggest } from '../model/suggestion.js';
import type { Content } from './content.js';

/** Scrape jobs that content needs and nobody knows: it would never ship, and nobody would be told. */
export const unknownNeeds = (content: Content, known: readonly string[]): Finding[] =>
  [
    ...Object.entries(content.dashboards).map(([uid, { needs }]) => ({
      key: `dashboards/${uid}`,
      needs,
    })),
    ...Object.entries(content.alerts).map(([name, group]) => ({
      key: `alerts/${name}`,
      needs: [...group.needs, ...alertsOf(group).flatMap((one) => one.needs ?? [])],
    })),
  ].flatMap(({ key, needs }) =>
    unknown(needs, known, key, content, {
      message: 'It needs a scrape job that no environment has or could switch on.',
      remedy: `Name one of ${[...new Set(known)].sort().join(', ')}.`,
    }),
  );

/** Dashboards that alerts link to and that there are not. */
export const unknownDashboards = (content: Content): Finding[] => {
  const known = Object.keys(content.dashboards).sort();
  return Object.entries(content.alerts).flatMap(([name, group]) =>
    unknown(
      alertsOf(group).flatMap(({ dashboard = group.dashboard }) => dashboard ?? []),
      known,
      `alerts/${name}`,
      content,
      {
        message: 'Its alerts link to a dashboard that there is not.',
        remedy: `Name a file of dashboards/: ${known.join(', ')}.`,
      },
    ),
  );
};

const alertsOf = (group: Content['alerts'][string]) => group.rules(group.thresholds).alerts;

const unknown = (
  names: readonly string[],
  known: readonly string[],
  key: string,
  { sources }: Content,
  told: Pick<Finding, 'message' | 'remedy'>,
): Finding[] =>
  [...new Set(names)]
    .filter((name) => !known.includes(name))
    .map((name) => {
      const source = sources[key];
      const suggestion = suggest(name, known);
      return {
        check: 'content',
        severity: 'error',
        place: { file: source?.file, line: source?.lineOf(`'${name}'`) },
        value: name,
        ...told,
        ...(suggestion && { suggestion }),
      };
    });
