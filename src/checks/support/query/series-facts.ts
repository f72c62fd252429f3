import type { Facts } from '../../../promql/facts.js';
import {
  anything,
  fixed,
  type LabelFact,
  missing,
  possible,
  present,
} from '../../../promql/label-fact.js';
import { anchored } from '../../../promql/regex.js';
import type { RelabelStep, ScrapeConfig } from '../prometheus-file.js';

/**
 * What is known about the series of a job that can have these labels, those of its page or those about each
 * scrape. @default - any labels
 */
export type SeriesFacts = (
  labels?: ReadonlySet<string>,
  of?: 'page' | 'scrape',
  /** The labels of the page that all series have. @default - none is known to be */
  always?: readonly string[],
) => Facts;

/**
 * Every scraped series has the labels `job` and `instance`, and those that relabelling always sets, unless
 * its page or relabelling of samples can change or remove them.
 * https://github.com/prometheus/prometheus/blob/v3.14.0/scrape/target.go (PopulateLabels, mutateSampleLabels)
 */
export const seriesFacts = (
  { honor_labels, relabel_configs = [], metric_relabel_configs = [] }: ScrapeConfig,
  job: LabelFact,
): SeriesFacts => {
  const ofTarget = new Map([['job', job], ['instance', present], ...alwaysSet(relabel_configs)]);
  // The job has the declared name, or steps set it.
  if (relabel_configs.some(({ action }) => action === 'labelmap')) ofTarget.set('job', present);
  else if (job.values === undefined && changes('job', relabel_configs)) {
    ofTarget.set('job', anything);
  }
  const ofPage = new Map(
    [...ofTarget].filter(([label]) => !honor_labels && !changes(label, metric_relabel_configs)),
  );
  return (labels, of = 'page', always = []) => ({
    labels: new Map([
      ...[...(labels ?? [])].map((label) => [label, possible] as const),
      ...always
        .filter((label) => labels?.has(label) && !changes(label, metric_relabel_configs))
        .map((label) => [label, present] as const),
      ...(of === 'page' ? ofPage : ofTarget),
    ]),
    others: labels ? missing : anything,
  });
};

/** Whether steps can set or remove a label. */
const changes = (label: string, steps: readonly RelabelStep[]): boolean =>
  steps.some(({ action = 'replace', regex = '(.*)', target_label: set }) => {
    const pattern = anchored(`${regex}`);
    if (action === 'labeldrop') return pattern?.test(label) ?? true;
    if (action === 'labelkeep') return !pattern?.test(label);
    return action === 'labelmap' || set === label;
  });

// Kubernetes discovery sets these for every pod that has an address.
const neverEmpty = /^__meta_kubernetes_(namespace|pod_name|pod_node_name|node_name|service_name)$/;

/** The labels that steps always set, and no later step changes. */
const alwaysSet = (steps: readonly RelabelStep[]): [string, LabelFact][] =>
  steps.flatMap((step, index): [string, LabelFact][] => {
    const { action = 'replace', regex, replacement, target_label: label } = step;
    const sources = step.source_labels ?? [];
    if (action !== 'replace' || !label || label.startsWith('__')) return [];
    if (label === 'job' || label === 'instance' || regex !== undefined) return [];
    if (changes(label, steps.slice(index + 1))) return [];
    if (sources.length === 0 && replacement && !replacement.includes('$')) {
      return [[label, fixed(replacement)]];
    }
    const isCopy = replacement === undefined || /^\$(1|\{1\})$/.test(replacement);
    return isCopy && sources.length === 1 && neverEmpty.test(sources[0]!) ? [[label, present]] : [];
  });
