import type { LabelSelector, Requirement } from '../model/label-selector.js';

type Labels = Readonly<Record<string, string>>;

/** The selector as text: `app=shop,tier in (a,b)`. */
export const selectorText = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string =>
  [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(requirementText),
  ].join(',');

const requirementText = ({ key, operator, values = [] }: Requirement): string => {
  switch (operator) {
    case 'In':
      return `${key} in (${values.join(',')})`;
    case 'NotIn':
      return `${key} notin (${values.join(',')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
  }
};

/**
 * Selectors whose union matches the same: each with one value of every label that has a list of values.
 * Network policies can match these by labels.
 */
export const alternatives = ({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): readonly { readonly labels: Labels; readonly rest: readonly Requirement[] }[] =>
  matchExpressions.reduce<{ labels: Labels; rest: Requirement[] }[]>(
    (all, one) =>
      all.flatMap(({ labels, rest }) =>
        one.operator === 'In'
          ? (one.values ?? [])
              .filter((value) => (labels[one.key] ?? value) === value)
              .map((value) => ({ labels: { ...labels, [one.key]: value }, rest }))
          : [{ labels, rest: [...rest, one] }],
      ),
    [{ labels: matchLabels, rest: [] }],
  );

/** The name of a label of Kubernetes in labels of Prometheus. */
export const sanitized = (name: string): string => name.replace(/[^a-zA-Z0-9_]/g, '_');
