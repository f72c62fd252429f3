import type { z } from 'zod';
import { inherits } from '../schema/alertmanager/inheritance.js';
import { receiverNames, timeIntervalNames } from '../schema/alertmanager/route.js';
import { wrappers } from '../schema/alertmanager/type-rules.js';
import { placeRules } from './alert-place.js';
import { groupingFields } from './alert-route.js';
import { ownReceivers } from './receiver.js';
import { templateRules } from './template-names.js';

type Fields = Readonly<Record<string, unknown>>;

/** The rules between the options of `alerting`, whose values may be invalid. */
export const alertingRules = (value: unknown, context: z.RefinementCtx): void => {
  const alerting = fieldsOf(value);
  const config = fieldsOf(alerting.config);
  const receivers = listOf(alerting.receivers);
  // A value of another type has its own finding.
  if (alerting.config !== undefined && typeof alerting.config !== 'object') return;
  if (alerting.receivers !== undefined && !Array.isArray(alerting.receivers)) return;
  requiredRules(alerting, config, context);
  nameRules(alerting, config, context);
  intervalRules(alerting, config, context);
  for (const [index, { kind, config: raw }] of receivers.entries()) {
    if (kind === 'raw') {
      inherits(raw, config.global, ['receivers', index, 'config'], context);
    }
  }
  placeRules(alerting, context);
  templateRules(
    [
      ...receivers.flatMap(({ kind, config: raw }, index) =>
        kind === 'raw' ? [{ path: ['receivers', index, 'config'], value: raw }] : [],
      ),
      ...listOf(config.receivers).map((value, index) => ({
        path: ['config', 'receivers', index],
        value,
      })),
    ],
    fieldsOf(alerting.templates),
    context,
  );
};

const requiredRules = (alerting: Fields, config: Fields, context: z.RefinementCtx): void => {
  const fault = (path: string, message: string): void =>
    context.addIssue({ code: 'custom', path: [path], message, input: alerting[path] });
  // The receivers are inside, which has its own finding.
  if (Object.keys(wrappers).some((name) => config[name] !== undefined)) return;
  const none = [alerting.receivers, config.receivers].every((list) => listOf(list).length === 0);
  if (none) {
    fault('receivers', 'a list of at least 1 item, or set config');
  }
  if (config.route === undefined) {
    if (alerting.defaultReceiver === undefined && !none) {
      const or = alerting.config === undefined ? '' : ', or set config.route';
      fault('defaultReceiver', `the name of one of the receivers${or}`);
    }
    return;
  }
  for (const name of ['defaultReceiver', 'routes', ...Object.keys(groupingFields)]) {
    if (alerting[name] === undefined || (listOf(alerting[name]).length === 0 && name === 'routes'))
      continue;
    fault(name, 'nothing: config.route sets it');
  }
};

const nameRules = (alerting: Fields, config: Fields, context: z.RefinementCtx): void => {
  const [receivers, native] = [listOf(alerting.receivers), listOf(config.receivers)];
  const { nobody, deadMansSwitch } = ownReceivers;
  const names = receivers.map(({ name }) => name);
  receiverNames(
    receivers,
    { path: ['defaultReceiver'], receiver: alerting.defaultReceiver },
    { path: ['routes'], list: listOf(alerting.routes) },
    context,
    { others: [...native.map(({ name }) => name), nobody], isKnown: native.length > 0 },
  );
  const inside = within(context, 'config');
  const route = fieldsOf(config.route);
  receiverNames(
    native,
    { path: ['route', 'receiver'], receiver: route.receiver },
    { path: ['route', 'routes'], list: listOf(route.routes) },
    inside,
    { others: [...names, nobody], isKnown: names.length > 0 },
  );
  for (const [index, one] of native.entries()) {
    const isOwn =
      (one.name === nobody && Object.keys(one).length > 1) ||
      (one.name === deadMansSwitch && alerting.deadMansSwitch !== undefined);
    if (!isOwn && !names.includes(one.name)) continue;
    const message = isOwn
      ? `a name other than '${one.name}', which the stack adds to Alertmanager's configuration`
      : 'a name that no other receiver has';
    inside.addIssue({
      code: 'custom',
      path: ['receivers', index, 'name'],
      message,
      input: one.name,
    });
  }
};

const intervalRules = (alerting: Fields, config: Fields, context: z.RefinementCtx): void => {
  const intervals = ['time_intervals', 'mute_time_intervals'].flatMap((field) =>
    listOf(config[field]).map(({ name }, index) => ({ name, path: [field, index, 'name'] })),
  );
  const inside = within(context, 'config');
  for (const [index, { name, path }] of intervals.entries()) {
    if (intervals.findIndex((one) => one.name === name) === index) continue;
    const message = 'a name that no other time interval has';
    inside.addIssue({ code: 'custom', path, message, input: name });
  }
  const inConfig = { path: ['route', 'routes'], list: listOf(fieldsOf(config.route).routes) };
  timeIntervalNames(intervals, inConfig, inside);
  const typed = { path: ['routes'], list: listOf(alerting.routes) };
  const fields = ['muteTimeIntervals', 'activeTimeIntervals'];
  timeIntervalNames(intervals, typed, context, fields, 'alerting.config.time_intervals');
};

/** A context for the issues of an option inside. */
const within = (context: z.RefinementCtx, option: string) =>
  ({
    addIssue: (issue: { path: (string | number)[] }) =>
      context.addIssue({ ...issue, path: [option, ...issue.path] } as never),
  }) as unknown as z.RefinementCtx;

const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
