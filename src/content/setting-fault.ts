import type { AlertSetting } from '../config/alert-setting.js';
import type { Finding, Place } from '../model/finding.js';
import { suggest } from '../model/suggestion.js';
import type { Content } from './content.js';
import { type ContentFault, contentFinding } from './faults.js';

/** Faults in the settings of an environment; places are paths in it. */
export const settingFaults = (
  settings: readonly AlertSetting[],
  content: Content,
  known: readonly string[],
): Finding[] => [
  ...unknownAlerts(settings, known),
  ...wrongThresholds(settings, content),
  ...unusedSeverities(settings, content),
];

/** Severities that no rule of others has, whether or not this environment has the rule. */
const unusedSeverities = (
  settings: readonly AlertSetting[],
  { ruleFiles, logRuleFiles }: Content,
): Finding[] => {
  const groups = Object.values({ ...ruleFiles, ...logRuleFiles }).flat();
  const labels = groups.flatMap((group) => [group.labels, ...group.rules.map((one) => one.labels)]);
  const known = [...new Set(labels.flatMap((one) => one?.severity ?? []))];
  return settings.flatMap((one, index) =>
    one.kind !== 'severities'
      ? []
      : Object.keys(one.severities)
          .filter((name) => !known.includes(name))
          .flatMap((name) => {
            const path = `alerts[${index}].severities['${name}']`;
            return fault({ path }, 'unused-severity', { value: name, candidates: known });
          }),
  );
};

const unknownAlerts = (settings: readonly AlertSetting[], known: readonly string[]): Finding[] =>
  settings.flatMap((one, index) =>
    one.kind !== 'without' || known.includes(one.alert)
      ? []
      : fault({ path: `alerts[${index}].alert` }, 'unknown-alert', {
          value: one.alert,
          candidates: known,
        }),
  );

const wrongThresholds = (settings: readonly AlertSetting[], { alerts }: Content): Finding[] =>
  settings.flatMap((one, index) => {
    if (one.kind !== 'with') return [];
    const place = { path: `alerts[${index}]` };
    const group = Object.values(alerts).find((candidate) => candidate === one.group);
    if (!group) {
      return fault(place, 'unknown-group', {});
    }
    const names = Object.keys(group.thresholds);
    return Object.entries(one.thresholds).flatMap(([name, value]) => {
      const at = { path: `${place.path}.thresholds.${name}` };
      const fallback = group.thresholds[name];
      if (fallback === undefined) {
        return fault(at, 'unknown-threshold', {
          value,
          remedy:
            names.length > 0
              ? `Use one of ${names.join(', ')}.`
              : 'Remove it: the group has no thresholds.',
          candidates: names,
          name,
        });
      }
      if (typeof fallback === typeof value) return [];
      return fault(at, 'invalid-threshold', {
        value,
        remedy: `Set it to a ${typeof fallback}. The default is ${JSON.stringify(fallback)}.`,
      });
    });
  });

interface Details {
  readonly value?: unknown;
  readonly message?: string;
  readonly remedy?: string;
  readonly candidates?: readonly string[];
  /** The value to compare with the candidates. @default - the value */
  readonly name?: string;
}

const fault = (
  place: Place,
  kind: ContentFault['fault'],
  { candidates = [], name, ...details }: Details,
): Finding[] => {
  const suggestion = suggest(name ?? String(details.value), candidates);
  return [contentFinding({ fault: kind, place, ...details, ...(suggestion && { suggestion }) })];
};
