import { anchored } from '../../promql/regex.js';
import { readMatchers } from '../../schema/alertmanager/matcher.js';

type Fields = Readonly<Record<string, unknown>>;

/** Whether a native route, or one inside it, has a matcher that names an alert. */
export const namesAlert = (route: Fields, alert: string): boolean => {
  const {
    matchers = [],
    match,
    match_re,
    routes = [],
  } = route as {
    readonly matchers?: readonly string[];
    readonly match?: Readonly<Record<string, string>>;
    readonly match_re?: Readonly<Record<string, string>>;
    readonly routes?: readonly Fields[];
  };
  const named = matchers
    .flatMap((line) => readMatchers(line) ?? [])
    .some(
      ({ label, operator, value }) =>
        label === 'alertname' &&
        (operator === '=~' ? isLike(value, alert) : operator === '=' && value === alert),
    );
  return (
    named ||
    match?.alertname === alert ||
    isLike(match_re?.alertname, alert) ||
    routes.some((one) => namesAlert(one, alert))
  );
};

// A pattern that every name matches does not name it.
const isLike = (pattern: string | undefined, alert: string): boolean =>
  pattern !== undefined &&
  anchored(pattern)?.test(alert) === true &&
  anchored(pattern)?.test('Another') !== true;
