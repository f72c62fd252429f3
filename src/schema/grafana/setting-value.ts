import { roles } from './role.js';

// What Grafana reads in pkg/setting/setting.go, and what https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/
// lists. For another value, Grafana keeps its default or does not start.

// https://github.com/grafana/grafana/blob/main/pkg/services/preference/themes.go
const themes =
  'light dark system debug aubergine desertbloom gildedgrove mars matrix sapphiredusk synthwave tron victorian zen gloom';
const levels = ['debug', 'info', 'warn', 'error', 'critical'];

const choices: Readonly<Record<string, readonly string[]>> = {
  'users.auto_assign_org_role': roles,
  'users.default_theme': themes.split(' '),
  'auth.anonymous.org_role': roles,
  'log.level': levels,
  'log.console.level': levels,
  'log.console.format': ['text', 'console', 'json'],
  'security.cookie_samesite': ['lax', 'strict', 'none', 'disabled'],
  'smtp.startTLS_policy': ['OpportunisticStartTLS', 'MandatoryStartTLS', 'NoStartTLS'],
  'unified_alerting.state_history.backend': ['annotations', 'loki', 'prometheus', 'multiple'],
};

const isLevel = /^log\..*level$|^log\.level$/;

/** The allowed values of a setting that has a list of them; undefined if the value is one of them, or there is none. */
export const choicesOf = (name: string, value: string): readonly string[] | undefined => {
  const all = Object.hasOwn(choices, name) ? choices[name] : undefined;
  return all?.includes(isLevel.test(name) ? value.toLowerCase() : value) ? undefined : all;
};

const isDuration =
  /^(?!error_or_timeout$).*(?:_interval|_timeout|_duration|_ttl|_retention|_lifetime)$/;

/** Whether the value of a setting with a duration is none: https://github.com/grafana/grafana-plugin-sdk-go/blob/main/backend/gtime/gtime.go */
export const isNoDuration = (key: string, value: string): boolean =>
  isDuration.test(key) && !/^-?(?:0|(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|[smhdwMy]))+)$/.test(value);
