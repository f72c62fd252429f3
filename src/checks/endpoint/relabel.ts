import { type Loose, listOf } from '../reference/lenient.js';

export type Labels = Readonly<Record<string, string>>;

/**
 * What Prometheus makes of the labels of a target; none where it is dropped.
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 */
export const relabel = (labels: Labels, steps: unknown): Labels | undefined => {
  let current: Labels | undefined = labels;
  for (const step of listOf(steps)) {
    if (!current) return undefined;
    current = applied(current, step);
  }
  return current;
};

const applied = (labels: Labels, step: Loose): Labels | undefined => {
  const { action = 'replace', separator = ';', replacement = '$1', target_label: target } = step;
  const value = listOf(step.source_labels)
    .map((name) => labels[name] ?? '')
    .join(separator);
  const regex = expression(step.regex ?? '(.*)');
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

const known = new Map<string, RegExp | undefined>();

/** Anchored at both ends; none where it is none, of which the configuration check tells. */
const expression = (text: string): RegExp | undefined => {
  if (!known.has(text)) known.set(text, compiled(text));
  return known.get(text);
};

const compiled = (text: string): RegExp | undefined => {
  try {
    return new RegExp(`^(?:${text})$`, 's');
  } catch {
    return undefined;
  }
};
