import type { ContentSource } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { suggest } from '../model/suggestion.js';
import { type Alert, type Rules, severities } from './alert-group.js';
import { contentFinding } from './faults.js';

/** What the house style of rules in TypeScript expects, although Prometheus accepts anything else. */
export const alertStyle = (
  { recordings = [], alerts }: Rules,
  source: ContentSource,
): Finding[] => [
  ...recordings
    .filter(({ record }) => !/^[a-zA-Z_]\w*(:\w+)+$/.test(record))
    .map(({ record }) =>
      fault(source, record, 'The name does not have the form level:metric:operations.', {
        value: record,
        remedy: 'Rename it: queries then show that it is recorded.',
      }),
    ),
  ...alerts.flatMap((alert) => ofAlert(alert, source)),
];

const ofAlert = (
  { alert, severity, summary, description }: Partial<Alert> & Pick<Alert, 'alert' | 'severity'>,
  source: ContentSource,
): Finding[] => [
  ...(/^[A-Z][a-zA-Z0-9]*$/.test(alert)
    ? []
    : [
        fault(source, alert, 'The name is not in UpperCamelCase.', {
          value: alert,
          remedy: 'Rename it: the routes and silences of other alerts use such names.',
        }),
      ]),
  ...((severities as readonly string[]).includes(severity)
    ? []
    : [
        fault(source, alert, 'The severity is none of the usual ones.', {
          value: severity,
          remedy: `Use one of ${severities.join(', ')}. The default receiver gets alerts with another one, unless a route matches it.`,
          suggestion: suggest(severity, severities),
        }),
      ]),
  ...Object.entries({ summary, description }).flatMap(([name, text]) =>
    text
      ? []
      : [
          fault(source, alert, `The alert has no ${name}.`, {
            remedy: 'Add it: notifications show it.',
          }),
        ],
  ),
];

const fault = (
  source: ContentSource,
  rule: string,
  message: string,
  { suggestion, ...rest }: Partial<Pick<Finding, 'value' | 'remedy' | 'suggestion'>>,
): Finding =>
  contentFinding({
    fault: 'alert-style',
    place: { file: source.file, line: source.lineOf(rule), path: rule },
    message,
    ...rest,
    ...(suggestion && { suggestion }),
  });
