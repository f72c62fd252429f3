import { ownValue } from '../model/own-value.js';
import type { Span } from './expression.js';

/** A text with its variables replaced, and the map back to the original text. */
export interface Expansion {
  readonly text: string;
  /**
   * Undefined variables, by their place in the original text; `quoted` if it is in a string, which
   * Grafana sends as it is.
   */
  readonly unknown: readonly (Span & { readonly name: string; readonly quoted: boolean })[];
  /** Places of values of variables in the expanded text. */
  readonly replaced: readonly (Span & { readonly name: string })[];
  /** The place in the original text of an offset in the expanded text. */
  readonly originOf: (offset: number) => number;
}

// https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables
const builtIn: Readonly<Record<string, string>> = {
  __interval: '1m',
  __interval_ms: '60000',
  __range: '6h',
  __range_s: '21600',
  __range_ms: '21600000',
  __from: '1700000000000',
  __to: '1700021600000',
  __dashboard: 'dashboard',
  __org: '1',
  __user: '1',
  __name: 'name',
  timezone: 'utc',
};

// Grafana's syntax: $name, ${name:format}, [[name:format]]; $1 is a group of label_replace.
const notation =
  /\$\{([A-Za-z_]\w*)(?:\.[^:}]+)?(?::[^}]+)?\}|\$([A-Za-z_]\w*)|\[\[([A-Za-z_]\w*)(?::\w+)?\]\]/g;

/** The sample of a variable whose values are unknown: a pattern, where it is in a string. */
export const anyValue = '.+';

/** The variables that only queries to Prometheus have. */
const ofPrometheus: Readonly<Record<string, string>> = { __rate_interval: '5m' };

/**
 * Replaces Grafana's variables: built-in ones by samples, those of the dashboard by the given values. `special` has
 * those of the data source.
 */
export const expand = (
  text: string,
  values: Readonly<Record<string, string>> = {},
  special = ofPrometheus,
): Expansion => {
  const unknown: Expansion['unknown'][number][] = [];
  const replaced: (Expansion['replaced'][number] & { readonly origin: Span })[] = [];
  let expanded = '';
  let done = 0;
  for (const found of text.matchAll(notation)) {
    const name = found[1] ?? found[2] ?? found[3]!;
    const origin = { from: found.index, to: found.index + found[0].length };
    const sample = ownValue(values, name) ?? ownValue(builtIn, name) ?? ownValue(special, name);
    if (sample === undefined) {
      unknown.push({ ...origin, name, quoted: isQuoted(text, origin.from) });
      continue;
    }
    const isUnknown = sample === anyValue && !isQuoted(text, origin.from);
    const value = isUnknown ? bareSample(text, origin) : sample;
    expanded += text.slice(done, origin.from);
    replaced.push({ from: expanded.length, to: expanded.length + value.length, name, origin });
    expanded += value;
    done = origin.to;
  }
  const originOf = (offset: number): number => {
    const before = replaced.findLast(({ from }) => from <= offset);
    if (!before) return offset;
    // An offset inside a value maps to the variable.
    return offset < before.to ? before.origin.from : before.origin.to + offset - before.to;
  };
  return { text: expanded + text.slice(done), unknown, replaced, originOf };
};

/** Whether a place in a query is in a string. */
export const isQuoted = (text: string, at: number): boolean => {
  let quote = '';
  for (let index = 0; index < at; index += 1) {
    const character = text[index]!;
    if (quote === '') {
      if (character === '#') {
        const end = text.indexOf('\n', index);
        if (end < 0 || end >= at) return false;
        index = end;
      } else if (/["'`]/.test(character)) quote = character;
    } else if (character === '\\' && quote !== '`') index += 1;
    else if (character === quote) quote = '';
  }
  return quote !== '';
};

/** A value that fits the place of a variable outside of strings: a duration, a number, an operator or a name. */
const bareSample = (text: string, { from, to }: Span): string => {
  const [before, after] = [text.slice(0, from), text.slice(to)];
  if (/[[:]\s*$|\boffset\s+-?$/.test(before)) return /^\w/.test(after) ? '5' : '5m';
  if (ofNumber.test(before) && /^\s*,/.test(after)) return '1';
  if (/(?:^|[\s(])$/.test(before) && /^\s*(?:\(|(?:by|without)\b)/.test(after)) return 'sum';
  return 'x';
};

// Functions and aggregations whose first parameter is a number.
const ofNumber =
  /\b(?:topk|bottomk|limitk|limit_ratio|quantile|quantile_over_time|histogram_quantile)\s*(?:(?:by|without)\s*\([^()]*\)\s*)?\(\s*$/;
