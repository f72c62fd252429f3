import { anchored } from '../../../promql/regex.js';
import type { RelabelStep } from '../../support/prometheus-file.js';

/** Metric names: one, or all that start with a text. */
interface Names {
  readonly prefix: string;
  readonly exact: boolean;
}

const every: Names = { prefix: '', exact: false };

/** Steps after which no series is left, whatever its name is; `set` are labels with two underscores that it can have. */
export const dropsAll = (steps: readonly RelabelStep[], set: readonly string[] = []): boolean => {
  let left: readonly Names[] = [every];
  const written = new Set(set);
  for (const step of steps) {
    left = remaining(left, step, written);
    if (left.length === 0) return true;
    const { target_label: target } = step;
    if (target === '__name__') left = [every];
    if (target !== undefined) written.add(target);
    if (step.action === 'labelmap') return false;
  }
  return false;
};

/** Whether a step leaves series without a metric name, and no later step sets one or drops them. */
export const losesName = (steps: readonly RelabelStep[]): RelabelStep | undefined => {
  let losing: RelabelStep | undefined;
  for (const step of steps) {
    const { action = 'replace', target_label: target, replacement = '$1', regex } = step;
    if (action === 'labelmap') losing = undefined;
    if (losing) {
      const isFiltered = ['keep', 'drop'].includes(action) && sourcesOf(step).includes('__name__');
      if (isFiltered || target === '__name__') losing = undefined;
      continue;
    }
    const pattern = regex === undefined ? undefined : anchored(`${regex}`);
    const lost =
      (action === 'labeldrop' && pattern?.test('__name__')) ||
      (action === 'labelkeep' && pattern && !pattern.test('__name__')) ||
      (action === 'replace' && target === '__name__' && replacement === '');
    if (lost) losing = step;
  }
  return losing;
};

const sourcesOf = ({ source_labels = [] }: RelabelStep): readonly string[] => source_labels;

/** The names that a step leaves; `written` are the labels that earlier steps set. */
const remaining = (
  names: readonly Names[],
  step: RelabelStep,
  written: ReadonlySet<string>,
): readonly Names[] => {
  const { action, regex = '(.*)', separator = ';' } = step;
  if (action !== 'keep' && action !== 'drop') return names;
  const pattern = anchored(`${regex}`);
  const sources = sourcesOf(step);
  if (!pattern || sources.length === 0) return names;
  if (sources.every((one) => isEmpty(one, written))) {
    const matches = pattern.test(sources.map(() => '').join(separator));
    return matches === (action === 'keep') ? names : [];
  }
  if (action === 'drop' && matchesAll(`${regex}`, sources)) return [];
  if (`${sources}` !== '__name__') return names;
  const alternatives = alternativesOf(`${regex}`);
  return action === 'drop'
    ? names.filter((one) =>
        one.exact
          ? !pattern.test(one.prefix)
          : !alternatives.some(({ open, prefix }) => open && one.prefix.startsWith(prefix)),
      )
    : names.flatMap((one) => alternatives.flatMap((other) => both(one, other, pattern)));
};

/**
 * Labels of samples have no other names with two underscores: those of the target are removed before.
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/#metric_relabel_configs
 */
const isEmpty = (label: string, written: ReadonlySet<string>): boolean =>
  label.startsWith('__') && label !== '__name__' && !written.has(label);

/** Whether an expression matches every value; only `.*` also matches an empty one. */
const matchesAll = (regex: string, sources: readonly string[]): boolean => {
  const inner = bare(regex);
  return inner === '.*' || (inner === '.+' && (sources.includes('__name__') || sources.length > 1));
};

/** The expression without anchors and groups around it. */
const bare = (regex: string): string => {
  const text = regex.replace(/^\^/, '').replace(/\$$/, '');
  const [, inner] = /^\((?:\?:)?([^()]*)\)$/.exec(text) ?? [];
  return inner === undefined ? text : bare(inner);
};

interface Alternative extends Names {
  /** Whether it matches all names that start with the prefix. */
  readonly open: boolean;
}

const anything: Alternative = { ...every, open: false };

const alternativesOf = (regex: string): readonly Alternative[] => {
  const text = bare(regex);
  // A part of a group is not an alternative of the whole.
  if (/[()[\]\\]/.test(text) && text.includes('|')) return [anything];
  return text.split('|').map((one) => {
    const [, prefix = '', rest = ''] = /^([\w:]*(?![*?{+]))(.*)$/s.exec(one) ?? [];
    // The prefix itself is not a metric if a part of a name follows.
    const open = rest === '.*' || (rest === '.+' && /_$|^$/.test(prefix));
    return { prefix, exact: rest === '', open };
  });
};

/** The names that are in both; `pattern` has the second. */
const both = (one: Names, other: Alternative, pattern: RegExp): Names[] => {
  if (one.exact) return pattern.test(one.prefix) ? [one] : [];
  if (other.exact) return other.prefix.startsWith(one.prefix) ? [other] : [];
  if (other.prefix.startsWith(one.prefix)) return [other];
  return one.prefix.startsWith(other.prefix) ? [one] : [];
};
