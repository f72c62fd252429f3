const units = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, us: 0.001, µs: 0.001, ns: 0.000_001 };

const wellFormed = /^(?:(\d+)d)?(\+?(?:(?:\d+\.?\d*|\.\d+)(?:h|ms|m|us|µs|ns|s))*)$/;

/**
 * The milliseconds of a duration as k6 reads it: units of Go, before these a number of days, or a number of
 * milliseconds; undefined if k6 does not parse it.
 * https://github.com/grafana/k6/blob/v2.2.0/lib/types/types.go
 */
export const milliseconds = (text: string): number | undefined => {
  if (/^\+?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return Number(text);
  const [, days, rest = ''] = wellFormed.exec(text) ?? [];
  if (days === undefined && rest.replace('+', '') === '') return undefined;
  const parts = rest.matchAll(/(\d+\.?\d*|\.\d+)(h|ms|m|us|µs|ns|s)/g);
  return [...parts].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * units[unit as keyof typeof units],
    Number(days ?? 0) * 24 * units.h,
  );
};
