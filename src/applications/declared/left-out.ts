import { jobOf } from '../../content/objective/group.js';
import { objectiveName } from '../../content/objective/objective.js';
import type { Finding } from '../../model/finding.js';
import { applicationFinding } from '../faults.js';
import type { DeclaredApplication } from './application.js';
import { placeIn } from './place.js';

/** The applications of an environment, and the scrape jobs that it has. */
interface Measured {
  readonly declared: readonly DeclaredApplication[];
  readonly jobs: readonly string[];
}

/** Objectives that every environment leaves out, because nothing there probes pages or receives spans. */
export const leftOutObjectives = (environments: readonly Measured[]): Finding[] => {
  const all = environments.flatMap(({ declared, jobs }) =>
    declared.flatMap((application) =>
      application.objectives.flatMap((one, index) => {
        const job = jobOf[`${one.of}`];
        if (job === undefined) return [];
        const place = placeIn(application, `objectives[${index}]`);
        return [
          { name: objectiveName(one), of: `${one.of}`, place, isLeftOut: !jobs.includes(job) },
        ];
      }),
    ),
  );
  const keyOf = ({ place }: (typeof all)[number]) => `${place.file} ${place.path}`;
  const measured = new Set(all.filter(({ isLeftOut }) => !isLeftOut).map(keyOf));
  const byKey = new Map(all.map((one) => [keyOf(one), one] as const));
  return [...byKey]
    .filter(([key]) => !measured.has(key))
    .map(([, { name, of, place }]) => {
      const { option, what } = sources[of]!;
      return applicationFinding({
        fault: 'left-out-objective',
        place,
        value: name,
        message: `No environment measures this objective: nothing ${what}.`,
        remedy: `Enable ${option} in an environment, or count other events with the option of.`,
      });
    });
};

/** What measures the events of the stack. */
const sources: Readonly<Record<string, { readonly option: string; readonly what: string }>> = {
  spans: { option: 'jaeger', what: 'receives its spans' },
  probes: { option: 'blackboxExporter', what: 'probes its pages' },
};
