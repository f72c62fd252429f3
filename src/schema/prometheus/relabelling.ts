import { anchored } from '../../promql/regex.js';
import prometheus from '../data/prometheus.js';
import type { FileValue } from '../file-value.js';

type RelabelStep = FileValue<(typeof prometheus)['types'], 'relabel.Config'>;

export type Labels = Readonly<Record<string, string>>;

/**
 * The labels of a target after relabelling; undefined if the target is dropped.
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 */
export const relabel = (labels: Labels, steps: readonly RelabelStep[] = []): Labels | undefined => {
  let current: Labels | undefined = labels;
  for (const step of steps) {
    if (!current) return undefined;
    current = applied(current, step);
  }
  return current;
};

const defaults = prometheus.defaults['relabel.Config'];

const applied = (labels: Labels, step: RelabelStep): Labels | undefined => {
  const { separator, replacement, source_labels: sources = [] } = { ...defaults, ...step };
  const action = `${step.action ?? defaults.action}`.toLowerCase();
  const { target_label: target = '', regex: pattern = defaults.regex } = step;
  const value = sources.map((name) => labels[name] ?? '').join(separator);
  const regex = anchored(pattern);
  if (!regex) return labels;
  switch (action) {
    case 'keep':
      return regex.test(value) ? labels : undefined;
    case 'drop':
      return regex.test(value) ? undefined : labels;
    case 'labeldrop':
      return filtered(labels, (name) => !regex.test(name));
    case 'labelkeep':
      return filtered(labels, (name) => regex.test(name));
    case 'labelmap':
      return {
        ...labels,
        ...Object.fromEntries(
          Object.entries(labels)
            .filter(([name]) => regex.test(name))
            .map(([name, one]) => [name.replace(regex, replacement), one]),
        ),
      };
    case 'replace': {
      if (!regex.test(value)) return labels;
      const text = value.replace(regex, () => expand(replacement, regex.exec(value)));
      const { [target]: _, ...others } = labels;
      return text === '' ? others : { ...others, [target]: text };
    }
    case 'keepequal':
      return value === (labels[target] ?? '') ? labels : undefined;
    case 'dropequal':
      return value === (labels[target] ?? '') ? undefined : labels;
    case 'lowercase':
      return { ...labels, [target]: value.toLowerCase() };
    case 'uppercase':
      return { ...labels, [target]: value.toUpperCase() };
    case 'hashmod':
      return { ...labels, [target]: 'a number' };
    default:
      return labels;
  }
};

const expand = (replacement: string, groups: RegExpExecArray | null): string =>
  `${replacement}`.replace(
    /\$(?:(\d+)|\{(\d+)\})/g,
    (_, bare, braced) => groups?.[bare ?? braced] ?? '',
  );

const filtered = (labels: Labels, keep: (name: string) => boolean): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => keep(name)));
