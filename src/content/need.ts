import type { Finding } from '../model/finding.js';
import { suggest } from '../model/suggestion.js';
import type { Content } from './content.js';

/** Scrape jobs that content needs and that nobody knows: it would never ship, and nobody would be told. */
export const unknownNeeds = (
  { dashboards, alerts, sources }: Content,
  known: readonly string[],
): Finding[] =>
  [
    ...Object.entries(dashboards).map(([uid, { needs }]) => ({ key: `dashboards/${uid}`, needs })),
    ...Object.entries(alerts).map(([name, group]) => ({
      key: `alerts/${name}`,
      needs: [
        ...group.needs,
        ...group.rules(group.thresholds).alerts.flatMap((one) => one.needs ?? []),
      ],
    })),
  ].flatMap(({ key, needs }) =>
    [...new Set(needs)]
      .filter((job) => !known.includes(job))
      .map((job): Finding => {
        const source = sources[key];
        const suggestion = suggest(job, known);
        return {
          check: 'content',
          severity: 'error',
          place: { file: source?.file, line: source?.lineOf(`'${job}'`) },
          message: 'It needs a scrape job that no environment has and no catalogue knows.',
          value: job,
          remedy: `Name one of ${[...new Set(known)].sort().join(', ')}.`,
          ...(suggestion && { suggestion }),
        };
      }),
  );
