import type { CheckInput } from '../../../model/check.js';
import type { Query } from '../../support/query/query.js';
import type { ShippedRule } from '../../support/query/rule.js';
import type { Result } from './faults.js';

// A condition about the value, as in `if gt $value 90.0`, changes only when it passes the limit.
const writesValue =
  /\{\{-?\s*(?!-?\s*(?:else\b|if\b|with\b))[^}]*(?:\$value\b|(?<![\w)])\.Value\b)/;

/**
 * Labels of an alert that have its value. The labels are its identity:
 * https://github.com/prometheus/prometheus/blob/v3.14.0/rules/alerting.go (Eval)
 */
export const valueLabels = (
  { rule, usedIn, placeOf }: Query & { readonly rule: ShippedRule },
  sources: CheckInput['sources'],
): Result[] =>
  rule.alert === undefined
    ? []
    : Object.entries(rule.labels)
        .filter(([, text]) => writesValue.test(text))
        .map(([label, text]) => ({
          place: { ...placeOf(), path: `${usedIn}, labels.${label}` },
          fault: 'value-in-label',
          severity: sources[`alerts/${rule.file}`]?.shipped ? 'error' : 'warning',
          value: text,
        }));
