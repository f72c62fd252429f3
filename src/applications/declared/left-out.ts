import { objectiveName } from '../../content/objective/objective.js';
import { stackEventsOf } from '../../content/objective/stack-events.js';
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
        const events = stackEventsOf(one.of);
        if (!events) return [];
        const place = placeIn(application, `objectives[${index}]`);
        return [{ name: objectiveName(one), events, place, isLeftOut: !jobs.includes(events.job) }];
      }),
    ),
  );
  const keyOf = ({ place }: (typeof all)[number]) => `${place.file} ${place.path}`;
  const measured = new Set(all.filter(({ isLeftOut }) => !isLeftOut).map(keyOf));
  const byKey = new Map(all.map((one) => [keyOf(one), one] as const));
  return [...byKey]
    .filter(([key]) => !measured.has(key))
    .map(
      ([
        ,
        {
          name,
          events: { component, what },
          place,
        },
      ]) =>
        applicationFinding({
          fault: 'left-out-objective',
          place,
          value: name,
          message: `No environment measures this objective: nothing ${what}.`,
          remedy: `Enable ${component} in an environment, or count other events with the option of.`,
        }),
    );
};
