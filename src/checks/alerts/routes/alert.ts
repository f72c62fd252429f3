import type { CheckInput } from '../../../model/check.js';
import { anchored } from '../../../promql/regex.js';
import { alertStepsIn, externalLabelsIn } from '../../support/query/job.js';
import { queriesIn } from '../../support/query/query.js';
import { labelsOf, seriesIn } from '../../support/query/series.js';

/** An alert of the shipped rules, as Alertmanager gets it. */
export interface ShippedAlert {
  readonly name: string;
  /** The known labels. */
  readonly labels: () => readonly string[];
  /** The labels that its rule sets or Prometheus adds. */
  readonly setLabels: readonly string[];
  /** Possible values of a label; the empty text means no label. Undefined if any value is possible. */
  readonly valuesOf: (label: string) => readonly string[] | undefined;
}

/** The alerts of the shipped rule files, after Prometheus has added and dropped labels. */
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
    if (rule?.alert === undefined) return [];
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
      // Prometheus expands environment variables in external labels.
      return /\$/.test(`${added}`) ? undefined : [`${added}`];
    };
    const setLabels = ['alertname', ...Object.keys({ ...external, ...rule.labels })].filter(
      (label) => !isDropped(label),
    );
    const labels = (): string[] => [...setLabels, ...(own ?? [])];
    return [{ name: rule.name, labels, setLabels, valuesOf }];
  });
};

const none: readonly string[] = [''];
