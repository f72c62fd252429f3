import type { AlertSetting } from '../config/alert-setting.js';
import type { Finding, Place } from '../model/finding.js';
import { suggest } from '../model/suggestion.js';
import type { Content } from './content.js';

/** What is wrong with the settings of an environment; places are paths in it. */
export const settingFaults = (
  settings: readonly AlertSetting[],
  content: Content,
  known: readonly string[],
): Finding[] => [...unknownAlerts(settings, known), ...wrongThresholds(settings, content)];

const unknownAlerts = (settings: readonly AlertSetting[], known: readonly string[]): Finding[] =>
  settings.flatMap((one, index) =>
    one.kind === 'with' || known.includes(one.alert)
      ? []
      : fault({ path: `alerts[${index}].alert` }, 'There is no alert of this name.', {
          value: one.alert,
          remedy: 'Name an alert of a file in alerts/, or remove it here.',
          candidates: known,
        }),
  );

const wrongThresholds = (settings: readonly AlertSetting[], { alerts }: Content): Finding[] =>
  settings.flatMap((one, index) => {
    if (one.kind === 'without') return [];
    const place = { path: `alerts[${index}]` };
    const group = Object.values(alerts).find((candidate) => candidate === one.group);
    if (!group) {
      return fault(place, 'This is no group of alerts that is loaded.', {
        remedy: 'Import the default export of a file in alerts/, and say with({ … }) of it.',
      });
    }
    const names = Object.keys(group.thresholds);
    return Object.entries(one.thresholds).flatMap(([name, value]) => {
      const at = { path: `${place.path}.thresholds.${name}` };
      const meant = group.thresholds[name];
      if (meant === undefined) {
        return fault(at, 'The group has no such threshold.', {
          value,
          remedy: names.length > 0 ? `Use one of ${names.join(', ')}.` : 'It has none: remove it.',
          candidates: names,
          name,
        });
      }
      if (typeof meant === typeof value) return [];
      return fault(at, 'This value is not allowed.', {
        value,
        remedy: `Set it to a ${typeof meant}; without it, it is ${JSON.stringify(meant)}.`,
      });
    });
  });

interface Fault {
  readonly value?: unknown;
  readonly remedy: string;
  readonly candidates?: readonly string[];
  /** What was meant to be one of the candidates. @default - the value */
  readonly name?: string;
}

const fault = (
  place: Place,
  message: string,
  { value, remedy, candidates = [], name = String(value) }: Fault,
): Finding[] => {
  const suggestion = suggest(name, candidates);
  return [
    {
      check: 'content',
      severity: 'error',
      place,
      message,
      ...(value !== undefined && { value }),
      remedy,
      ...(suggestion && { suggestion }),
    },
  ];
};
