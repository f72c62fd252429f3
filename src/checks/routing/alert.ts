import type { CheckInput } from '../../model/check.js';
import { anchored } from '../../promql/regex.js';
import { alertStepsIn, externalLabelsIn } from '../query/job.js';
import { queriesIn } from '../query/query.js';
import { labelsOf, seriesIn } from '../query/series.js';

/** An alert that ships, as Alertmanager gets it. */
export interface ShippedAlert {
  /** The labels that are known of it. */
  readonly labels: () => readonly string[];
  /** Those of them that its rule sets, or Prometheus adds. */
  readonly setLabels: readonly string[];
  /** Values that it may have under a label, of which the empty one is none; unknown where any is possible. */
  readonly valuesOf: (label: string) => readonly string[] | undefined;
}

/** The alerts of the rule files that ship, with the labels that Prometheus adds and drops on the way. */
export const alertsIn = (input: CheckInput): ShippedAlert[] => {
  const index = seriesIn(input);
  const external = externalLabelsIn(input);
  const steps = alertStepsIn(input);
  const dropped = steps
    .filter(({ action }) => action === 'labeldrop')
    .map(({ regex }) => anchored(`${regex}`));
  const set = new Set(steps.map(({ target_label: label }) => label));
  return queriesIn(input).flatMap((query) => {
    const { rule } = query;
    if (rule?.kind !== 'alert') return [];
    const own = labelsOf(query, index);
    const isDropped = (label: string): boolean => dropped.some((one) => one?.test(label));
    const valuesOf = (label: string): readonly string[] | undefined => {
      if (set.has(label)) return undefined;
      if (isDropped(label)) return none;
      if (label === 'alertname') return [rule.name];
      const fixed = rule.labels[label];
      if (fixed !== undefined) return fixed.includes('{{') ? undefined : [fixed];
      if (!own || own.has(label)) return undefined;
      const added = external[label];
      if (added === undefined) return none;
      // Prometheus puts variables of its environment there.
      return /\$/.test(`${added}`) ? undefined : [`${added}`];
    };
    const setLabels = ['alertname', ...Object.keys({ ...external, ...rule.labels })].filter(
      (label) => !isDropped(label),
    );
    const labels = (): string[] => [...setLabels, ...(own ?? [])];
    return [{ labels, setLabels, valuesOf }];
  });
};

const none: readonly string[] = [''];
