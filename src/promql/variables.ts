import type { Span } from './expression.js';

/** A text with its variables replaced, and the way back. */
export interface Expansion {
  readonly text: string;
  /** Variables that nobody defines, by their place in the original text. */
  readonly unknown: readonly (Span & { readonly name: string })[];
  /** Where in the expanded text a value of a variable stands. */
  readonly replaced: readonly (Span & { readonly name: string })[];
  /** Where in the original text an offset of the expanded one comes from. */
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

// Grafana's own notations: $name, ${name:format}, [[name:format]]; $1 is a group of label_replace.
const notation =
  /\$\{([A-Za-z_]\w*)(?:\.[^:}]+)?(?::[^}]+)?\}|\$([A-Za-z_]\w*)|\[\[([A-Za-z_]\w*)(?::\w+)?\]\]/g;

/** Replaces Grafana's variables by values: its own by samples, a dashboard's by those given. */
export const expand = (text: string, values: Readonly<Record<string, string>> = {}): Expansion => {
  const unknown: Expansion['unknown'][number][] = [];
  const replaced: (Expansion['replaced'][number] & { readonly origin: Span })[] = [];
  let expanded = '';
  let done = 0;
  for (const found of text.matchAll(notation)) {
    const name = found[1] ?? found[2] ?? found[3]!;
    const origin = { from: found.index, to: found.index + found[0].length };
    const value = values[name] ?? builtIn[name];
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
    // Inside a value there is only the variable to point at.
    return offset < before.to ? before.origin.from : before.origin.to + offset - before.to;
  };
  return { text: expanded + text.slice(done), unknown, replaced, originOf };
};
