import { selects as matches } from '../../model/label-selector.js';
import { listOf, recordOf } from './untyped.js';

type Labels = Readonly<Record<string, string>>;

/** Whether a selector matches the labels; an empty or missing selector matches everything. */
export const selects = (selector: unknown, labels: Labels): boolean => {
  const { matchLabels, matchExpressions } = recordOf(selector);
  return matches(
    {
      matchLabels: recordOf(matchLabels),
      matchExpressions: listOf(matchExpressions).map(({ key, operator, values }) => ({
        key,
        operator,
        values: listOf(values),
      })),
    },
    labels,
  );
};

/** Whether a selector is empty, so that it matches everything. */
export const selectsAll = (selector: unknown): boolean => {
  const { matchLabels, matchExpressions } = recordOf(selector);
  return Object.keys(recordOf(matchLabels)).length + listOf(matchExpressions).length === 0;
};

/** Whether everything that a selector matches has all of the labels. */
export const requires = (selector: unknown, labels: Labels): boolean => {
  const { matchLabels, matchExpressions } = recordOf(selector);
  return Object.entries(labels).every(
    ([key, value]) =>
      recordOf(matchLabels)[key] === value ||
      listOf(matchExpressions).some(
        (one) =>
          one.key === key &&
          one.operator === 'In' &&
          listOf(one.values).length === 1 &&
          one.values[0] === value,
      ),
  );
};
