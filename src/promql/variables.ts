import { ownValue } from '../model/own-value.js';
import type { Span } from './expression.js';

/** A text with its variables replaced, and the map back to the original text. */
export interface Expansion {
  readonly text: string;
  /** Undefined variables, by their place in the original text. */
  readonly unknown: readonly (Span & { readonly name: string })[];
  /** Places of values of variables in the expanded text. */
  readonly replaced: readonly (Span & { readonly name: string })[];
  /** The place in the original text of an offset in the expanded text. */
  readonly originOf: (offset: number) => number;
}

// https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables
const builtIn: Readonly<Record<string, string>> = {
  __rate_interval: '5m',
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

/** Replaces Grafana's variables: built-in ones by samples, those of the dashboard by the given values. */
export const expand = (text: string, values: Readonly<Record<string, string>> = {}): Expansion => {
  const unknown: Expansion['unknown'][number][] = [];
  const replaced: (Expansion['replaced'][number] & { readonly origin: Span })[] = [];
  let expanded = '';
  let done = 0;
  for (const found of text.matchAll(notation)) {
    const name = found[1] ?? found[2] ?? found[3]!;
    const origin = { from: found.index, to: found.index + found[0].length };
    const value = ownValue(values, name) ?? ownValue(builtIn, name);
    if (value === undefined) {
      unknown.push({ ...origin, name });
      continue;
    }
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
