import { suggest } from '../model/suggestion.js';
import { explain } from '../promql/explain.js';
import type { Span } from '../promql/expression.js';
import type { Fault } from '../promql/fault.js';
import { aggregations, functions, ofRange } from './function.js';

/** Describes the place at which a text is not LogQL. */
export const explainLogql = (text: string, error: Span): Fault => {
  for (const one of [unwrapAlone, unknownFunction, dottedLabel, unknownStage, noRange]) {
    const found = one(text, error);
    if (found) return found;
  }
  return explain(text, error, functions);
};

type Explain = (text: string, error: Span) => Fault | undefined;

const unwrapAlone: Explain = (text) => {
  const found = /\|\s*unwrap\b/.exec(text);
  if (!found || /\[[^\]]*\]/.test(text)) return undefined;
  const message = 'unwrap needs a function of a range, such as sum_over_time({…} | unwrap x [5m]).';
  return { from: found.index, to: found.index + found[0].length, message };
};

const unknownFunction: Explain = (text, { from }) => {
  const [, name] = /^(\w+)\s*\(/.exec(text.slice(from)) ?? [];
  if (!name || keywords.test(name) || functions.includes(name.toLowerCase())) return undefined;
  const message = `Unknown function '${name}'.`;
  return { from, to: from + name.length, message, suggestion: suggest(name, functions) };
};

const keywords =
  /^(?:by|without|on|ignoring|group_left|group_right|ip|bytes|duration|duration_seconds|and|or|unless|bool)$/i;

/** The name of an attribute or of a label of Kubernetes, as in `{k8s.namespace.name="shop"}`. */
const dottedLabel: Explain = (text, error) => {
  const [start] = /[A-Za-z_][\w./-]*$/.exec(text.slice(0, error.from)) ?? [];
  const [rest] = /^[./-][\w./-]*(?=\s*(?:[,)=<>|]|!=|!~|$))/.exec(text.slice(error.from)) ?? [];
  if (!start || !rest) return undefined;
  const name = start + rest;
  const span = { from: error.from - start.length, to: error.from + rest.length };
  const message =
    'The name of a label has only letters, digits and underscores: Loki replaces all else by underscores.';
  return { ...span, message, suggestion: name.replace(/\W/g, '_') };
};

const stages = [
  ...['json', 'logfmt', 'pattern', 'regexp', 'unpack', 'line_format', 'label_format'],
  ...['unwrap', 'decolorize', 'drop', 'keep'],
];

/** A name after `|` that is neither a stage nor compared with a value. */
const unknownStage: Explain = (text, error) => {
  const rest = text.slice(error.from).trimStart();
  if (rest !== '' && !/^(?:[|[)]|!=|!~)/.test(rest)) return undefined;
  const before = text.slice(0, error.from).trimEnd();
  const name = /\|\s*([A-Za-z_]\w*)$/.exec(before)?.[1];
  if (!name || stages.includes(name.toLowerCase())) return undefined;
  const message = `Unknown parser '${name}': use ${stages.slice(0, 5).join(', ')} or another stage, or compare it with a value if it is a label.`;
  const from = before.length - name.length;
  return { from, to: before.length, message, suggestion: suggest(name, stages) };
};

/** The end of the parameters of a function that needs a range, or numbers. */
const noRange: Explain = (text, { from: at }) => {
  const from = at + text.slice(at).search(/\S|$/);
  if (text[from] !== ')') return undefined;
  const inner = text.slice(0, from);
  const [, name = ''] = /(\w+)\s*\((?:[^()"`]|"(?:[^"\\]|\\.)*"|`[^`]*`)*$/.exec(inner) ?? [];
  const known = name.toLowerCase();
  const span = { from, to: from + 1 };
  if (ofRange.includes(known))
    return { ...span, message: `${known} needs a range before this bracket, such as [5m].` };
  if (aggregations.includes(known)) {
    const message = `${known} needs numbers of lines, such as ${known}(count_over_time({…}[5m])).`;
    return { ...span, message };
  }
  return undefined;
};
