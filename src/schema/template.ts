import { memoizeText } from '../model/memoize.js';
import { type Expansion, expand } from './template/check.js';
import type { DataType } from './template/data.js';
import { notificationFunctions, ruleFunctions, type Signature } from './template/functions.js';
import type { Parsed } from './template/node.js';
import { parseTemplate } from './template/parse.js';
import { TemplateError } from './template/tokens.js';

/** A fault that stops the engine from expanding a template. */
export interface TemplateFault {
  /** Whether it can be parsed, and fails each time it is expanded. */
  readonly fails?: true;
  /** Whether the fault is a part of the text, which is otherwise right. */
  readonly written?: true;
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

type Functions = ReadonlyMap<string, Signature>;

const read = (
  text: string,
  functions: Functions,
  given: readonly string[] = [],
): Parsed | TemplateFault => {
  try {
    return parseTemplate(text, new Set(functions.keys()), given);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const { message, value, known } = error;
    return { message, value, ...(known && { known }) };
  }
};

/** What the text and the templates that it defines use, with the data that each gets. */
const expandAll = (
  { nodes, defined }: Parsed,
  dot: DataType,
  functions: Functions,
  given?: Readonly<Record<string, string>>,
): Expansion[] => {
  const done = new Set<string>();
  const all = [expand(nodes, dot, functions, given)];
  for (const { uses } of all) {
    for (const use of uses) {
      const key = JSON.stringify([use.name, use.dot]);
      const body = defined.get(use.name);
      if (!body || done.has(key)) continue;
      done.add(key);
      all.push(expand(body, use.dot, functions));
    }
  }
  return all;
};

const failing = (all: readonly Expansion[]): TemplateFault[] =>
  all.flatMap(({ faults }) => faults.map((one): TemplateFault => ({ fails: true, ...one })));

// As in the definitions that Prometheus puts before each text:
// https://github.com/prometheus/prometheus/blob/v3.14.0/rules/alerting.go
const ofRule = {
  $labels: 'Labels',
  $externalLabels: 'map',
  $externalURL: 'string',
  $value: 'float',
};

/** Reads a template of a rule; memoized, since environments share most of their alerts. */
export const readTemplate = memoizeText((text): Template => {
  const parsed = read(text, ruleFunctions, Object.keys(ofRule));
  if (!('nodes' in parsed)) return { labels: [], faults: [parsed] };
  const all = expandAll(parsed, 'RuleData', ruleFunctions, ofRule);
  const missing = all
    .flatMap(({ uses }) => uses)
    .filter(({ name }) => !parsed.defined.has(name))
    .map(
      ({ name }): TemplateFault => ({
        fails: true,
        message: 'No template has this name: a rule has only those that its text defines.',
        value: name,
      }),
    );
  return {
    labels: all.flatMap(({ labels }) => labels),
    faults: [...failing(all), ...missing],
  };
});

/** A template of a notification: what it defines and uses, and its faults. */
export interface Notification extends Pick<Template, 'faults'> {
  readonly defined: readonly string[];
  readonly used: readonly string[];
}

const parseNotification = memoizeText((text) => read(text, notificationFunctions));

/** Reads a template of a notification. */
export const readNotification = memoizeText((text): Notification => {
  const parsed = parseNotification(text);
  if (!('nodes' in parsed)) return { faults: [parsed], defined: [], used: [] };
  const all = expandAll(parsed, 'Data', notificationFunctions);
  // What nobody uses here can get any data.
  const others = [...parsed.defined.values()].map((body) =>
    expand(body, undefined, notificationFunctions),
  );
  const used = [...all, ...others].flatMap(({ uses }) => uses.map(({ name }) => name));
  return {
    faults: unique(failing([...all, ...others])),
    defined: [...parsed.defined.keys()],
    used: [...new Set(used)],
  };
});

const unique = (faults: readonly TemplateFault[]): TemplateFault[] => [
  ...new Map(faults.map((one) => [JSON.stringify(one), one])).values(),
];

/** A fault of a template in a file, with the data that a text gives it. */
export interface FaultInFile {
  readonly file: string;
  readonly fault: TemplateFault;
}

/** Faults of the templates in files, with the data that the texts give them. */
export const faultsInFiles = (
  texts: readonly string[],
  files: Readonly<Record<string, string>>,
): FaultInFile[] => {
  const bodies = new Map<string, { readonly file: string; readonly body: Parsed['nodes'] }>();
  for (const [file, text] of Object.entries(files)) {
    const parsed = parseNotification(text);
    if (!('nodes' in parsed)) continue;
    for (const [name, body] of parsed.defined) bodies.set(name, { file, body });
  }
  if (bodies.size === 0) return [];
  const done = new Set<string>();
  const found: FaultInFile[] = [];
  const follow = ({ uses }: Expansion): void => {
    for (const { name, dot } of uses) {
      const one = bodies.get(name);
      const key = JSON.stringify([name, dot]);
      if (!one || done.has(key)) continue;
      done.add(key);
      const expansion = expand(one.body, dot, notificationFunctions);
      found.push(...failing([expansion]).map((fault) => ({ file: one.file, fault })));
      follow(expansion);
    }
  };
  for (const text of texts) {
    const parsed = parseNotification(text);
    if ('nodes' in parsed) follow(expand(parsed.nodes, 'Data', notificationFunctions));
  }
  return found;
};

/** The text of a schema about a fault in a template, with the faulty part. */
export const correction = (message: string, part: string): string =>
  `corrected: ${message.charAt(0).toLowerCase()}${message.slice(1).replace(/\.$/, '')}, in ${part}`;
