import { memoizeText } from '../model/memoize.js';

/** A fault that stops the engine from expanding a template. */
export interface TemplateFault {
  /** Whether it can be parsed, and fails each time it is expanded. */
  readonly fails?: true;
  readonly message: string;
  readonly value: string;
  /** Names that are valid there. */
  readonly known?: readonly string[];
}

/** The labels that a template uses, and its faults. */
export interface Template {
  /** Labels that it uses without a condition that tests for them. */
  readonly labels: readonly string[];
  readonly faults: readonly TemplateFault[];
}

// https://pkg.go.dev/text/template#hdr-Functions
const builtIn =
  'and call html index slice js len not or print printf println urlquery eq ne lt le gt ge'.split(
    ' ',
  );

/** Functions in templates of rules: https://prometheus.io/docs/prometheus/latest/configuration/template_reference/ */
const ruleFunctions =
  `query first label value sortByLabel strvalue args tmpl safeHtml externalURL pathPrefix
  humanize humanize1024 humanizeDuration humanizePercentage humanizeTimestamp toTime toDuration now
  title toUpper toLower match reReplaceAll stripPort stripDomain parseDuration graphLink tableLink
  urlQueryEscape`
    .split(/\s+/)
    .concat(builtIn);

/** Functions in templates of notifications: https://prometheus.io/docs/alerting/latest/notifications/#functions */
const notificationFunctions =
  `toUpper toLower title trimSpace join match safeHtml safeUrl urlUnescape reReplaceAll stringSlice
  routeLabels date tz now since humanizeDuration toDate mustToDate toJson base64encode base64decode
  list append dict`
    .split(/\s+/)
    .concat(builtIn);

/**
 * Data of templates of rules.
 * https://github.com/prometheus/prometheus/blob/v3.7.3/template/template.go (`AlertTemplateData`)
 */
const ruleFields = ['Labels', 'Value', 'ExternalLabels', 'ExternalURL'];

const openers = new Set(['if', 'range', 'with', 'define', 'block']);
const keywords = new Set([
  ...openers,
  'else',
  'end',
  'template',
  'break',
  'continue',
  'true',
  'false',
  'nil',
]);
const given = ['labels', 'externalLabels', 'externalURL', 'value'];

const token =
  /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\$\w*|(?<![\w)])\.\w*|\.\w+|[A-Za-z_]\w*|[-+]?\d[\w.+-]*|:=|[()|=,]|\s+|./gs;

const seriesLabel = /\$labels\.(\w+)|\bindex\s+\$labels\s+"(\w+)"/g;

/** Parses a template as Go's text/template does, with the functions of its engine. */
const read = (text: string, functions: readonly string[], fields?: readonly string[]): Template => {
  const faults: TemplateFault[] = [];
  const labels: string[] = [];
  const variables = new Set(given);
  const open: string[] = [];
  let rest = text;
  for (let start = rest.indexOf('{{'); start >= 0; start = rest.indexOf('{{')) {
    const end =
      /^\{\{(?:-\s)?(?:\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|`[^`]*`|(?!\}\})[^"`])*?\}\}/.exec(
        rest.slice(start),
      );
    if (!end) {
      faults.push({ message: "'{{' has no closing '}}'.", value: rest.slice(start) });
      return { labels, faults };
    }
    const action = end[0];
    rest = rest.slice(start + action.length);
    const inner = action
      .slice(2, -2)
      .replace(/^-\s|\s-$/g, '')
      .trim();
    if (inner.startsWith('/*')) continue;
    if (inner === '')
      faults.push({ message: 'The action between the braces is empty.', value: action });
    readAction(inner, { faults, labels, variables, open, functions, fields });
  }
  if (open.length > 0) faults.push({ message: `'${open.at(-1)}' has no 'end'.`, value: text });
  return { labels, faults };
};

/** Parses a template of a rule; memoized, since environments share most of their alerts. */
export const readTemplate = memoizeText((text) => read(text, ruleFunctions, ruleFields));

/** Parses a template of a notification. */
export const readNotification = memoizeText((text) => read(text, notificationFunctions));

interface State {
  readonly faults: TemplateFault[];
  readonly labels: string[];
  readonly variables: Set<string>;
  readonly open: string[];
  readonly functions: readonly string[];
  /** Fields of the data. @default - they are not checked */
  readonly fields?: readonly string[];
}

const readAction = (action: string, state: State): void => {
  const { faults, labels, variables, open, functions } = state;
  const tokens = (action.match(token) ?? []).filter((one) => one.trim() !== '');
  let brackets = 0;
  for (const [, name] of action.matchAll(/\$(\w+)\s*(?:,\s*\$\w+\s*)?:=/g)) variables.add(name!);
  for (const [, name] of action.matchAll(/,\s*\$(\w+)\s*:=/g)) variables.add(name!);
  // A label in a condition may be missing.
  const isCondition = /^(?:else\s+)?(?:if|with)\b/.test(action);
  for (const [, name, quoted] of isCondition ? [] : action.matchAll(seriesLabel)) {
    labels.push((name ?? quoted)!);
  }
  // Inside `range` or `with`, the dot has another meaning.
  if (!isCondition && !open.some((one) => one === 'range' || one === 'with')) {
    for (const [, name] of action.matchAll(/(?<![\w$).])\.Labels\.(\w+)/g)) labels.push(name!);
  }
  faults.push(...unknownFields(action, state));
  tokens.forEach((one, index) => {
    if (one === '(') brackets += 1;
    if (one === ')') brackets -= 1;
    if (one.startsWith('$') && one.length > 1) {
      const name = one.slice(1);
      if (!variables.has(name)) {
        faults.push({
          message: 'Unknown variable.',
          value: one,
          known: [...variables].map((known) => `$${known}`),
        });
      }
    }
    if (/^[A-Za-z_]/.test(one) && !keywords.has(one) && !functions.includes(one)) {
      faults.push({ message: 'Unknown function.', value: one, known: functions });
    }
    if (one === '|' && (index === 0 || index === tokens.length - 1)) {
      faults.push({ message: "'|' needs a value on both sides.", value: action });
    }
    if (/^["'`{}[\];!@#%^&*?<>\\~]$/.test(one)) {
      faults.push({ message: `Unexpected '${one}'.`, value: action });
    }
  });
  if (brackets !== 0) faults.push({ message: 'The parentheses are not balanced.', value: action });
  const [first = ''] = tokens;
  if (openers.has(first)) open.push(first);
  if (first === 'end' && open.pop() === undefined) {
    faults.push({ message: "'end' closes no block.", value: action });
  }
  if (first === 'else' && open.length === 0) {
    faults.push({ message: "'else' is in no block.", value: action });
  }
};

/** Blocks in which the dot may be another value than the data. */
const changesDot = new Set(['range', 'with', 'define', 'block']);

/** Fields of the dot, or of `$`, that the data does not have: the engine fails when it expands them. */
const unknownFields = (action: string, { fields, open }: State): TemplateFault[] => {
  if (!fields || open.some((one) => changesDot.has(one))) return [];
  return [...action.matchAll(token)].flatMap((found): TemplateFault | [] => {
    const [one] = found;
    const isField = /^\.[A-Za-z]/.test(one) && !/[\w)]/.test(action[found.index - 1] ?? ' ');
    if (!isField || fields.includes(one.slice(1))) return [];
    const known = fields.map((field) => `.${field}`);
    return { fails: true, message: 'The data has no such field.', value: one, known };
  });
};
