import type { AlertSetting } from '../config/alert-setting.js';
import type { AlertGroup, Thresholds } from './alert-group.js';

/** The thresholds of a group, with those of the settings. */
export const thresholdsOf = (group: AlertGroup, settings: readonly AlertSetting[]): Thresholds =>
  Object.assign(
    { ...group.thresholds },
    ...settings.map((one) => (one.kind === 'with' && one.group === group ? one.thresholds : {})),
  );

/** The severities of rules of others, by their names. */
export const severitiesOf = (settings: readonly AlertSetting[]): Readonly<Record<string, string>> =>
  Object.assign({}, ...settings.map((one) => (one.kind === 'severities' ? one.severities : {})));

/** The disabled alerts, with the reasons. */
export const switchedOff = (settings: readonly AlertSetting[]): ReadonlyMap<string, string> =>
  new Map(settings.flatMap((one) => (one.kind === 'without' ? [[one.alert, one.reason]] : [])));
