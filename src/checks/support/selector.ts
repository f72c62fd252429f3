import { listOf, recordOf, type Untyped } from './untyped.js';

type Labels = Readonly<Record<string, string>>;

/** Whether a selector matches the labels; an empty or missing selector matches everything. */
export const selects = (selector: unknown, labels: Labels): boolean => {
  const { matchLabels, matchExpressions } = recordOf(selector);
  return (
    Object.entries(recordOf(matchLabels)).every(([key, value]) => labels[key] === value) &&
    listOf(matchExpressions).every((expression) => holds(expression, labels))
  );
};

/** Whether a selector is empty, so that it matches everything. */
export const selectsAll = (selector: unknown): boolean => {
  const { matchLabels, matchExpressions } = recordOf(selector);
  return Object.keys(recordOf(matchLabels)).length + listOf(matchExpressions).length === 0;
};

const holds = ({ key, operator, values }: Untyped, labels: Labels): boolean => {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && listOf(values).includes(value);
    case 'NotIn':
      return !listOf(values).includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
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
