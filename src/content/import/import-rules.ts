import { distance } from 'fastest-levenshtein';
import type { RuleGroup } from '../../model/content.js';
import type { FoundFault } from '../../model/fault.js';
import type { Finding } from '../../model/finding.js';
import { YamlFault, yamlDocuments } from '../../model/yaml-document.js';
import { validateValue } from '../../schema/validate-value.js';
import { contentFinding } from '../faults.js';
import { type FoundObject, objectsIn } from './rule-objects.js';
import { type ImportedGroup, ruleFileSchema } from './rule-schema.js';

/** The rules of a file that others wrote. */
export interface ImportedRules {
  readonly groups: readonly RuleGroup[];
  /** The 1-based line of each rule, by its name, and by its expression after the name (`lineKey`). */
  readonly lines: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
}

/** Reads a file with PrometheusRule objects, or a rule file of Prometheus. */
export const importRules = (text: string, file: string): ImportedRules => {
  const parsed = parse(text, file);
  if ('code' in parsed) return { groups: [], lines: new Map(), findings: [parsed] };
  const read = parsed.map((object) => ({ object, ...rulesOf(object, file) }));
  const lines = new Map<string, number>();
  for (const { object, groups } of read) {
    for (const [index, { rules }] of groups.entries()) {
      for (const [number, { expr, alert, record }] of rules.entries()) {
        const at = [...object.path, 'groups', index, 'rules', number];
        const name = alert ?? record ?? '';
        const line = object.document.lineAt([...at, 'expr']);
        // Several rules can have the same expression.
        for (const key of [lineKey(expr, [name]), expr]) setOnce(lines, key, line);
        setOnce(lines, name, object.document.lineAt(at));
      }
    }
  }
  return {
    groups: unique(
      read.flatMap(({ object, groups }) => groups.map((group) => ({ group, object }))),
    ),
    lines,
    findings: parsed.every(isOther)
      ? onlyOthers(parsed, file)
      : read.flatMap((one) => one.findings),
  };
};

const isOther = ({ kind }: FoundObject): boolean => kind !== undefined && kind !== 'PrometheusRule';

/** Nothing is read from the file. */
const onlyOthers = ([first]: readonly FoundObject[], file: string): Finding[] =>
  first
    ? [
        contentFinding({
          fault: 'no-rules',
          place: kindOf(first, file),
          value: first.kind,
          ...misspeltKind(first),
        }),
      ]
    : [];

/** The kind that is surely meant: no other kind of the operator is as similar to it. */
const misspeltKind = ({ kind = '' }: FoundObject): { readonly suggestion?: string } =>
  distance(kind.toLowerCase(), 'prometheusrule') < 4 ? { suggestion: 'PrometheusRule' } : {};

const kindOf = ({ document, path }: FoundObject, file: string) => ({
  file,
  line: document.lineAt([...path.slice(0, -1), 'kind']),
});

/** The key of a text that is after others. */
export const lineKey = (text: string, after: readonly string[] = []): string =>
  [...after, text].join('\0');

const setOnce = (lines: Map<string, number>, key: string, line: number): void => {
  if (!lines.has(key)) lines.set(key, line);
};

const parse = (text: string, file: string): FoundObject[] | Finding => {
  try {
    return yamlDocuments(text).flatMap((document) => objectsIn(document));
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    return contentFinding({
      fault: 'invalid-yaml',
      place: { file, ...(error.line && { line: error.line }) },
      message: `The file is not valid YAML: ${error.message}.`,
      ...(/^[^'"#]*\{\{/m.test(text) && {
        remedy: ofHelm.remedy,
      }),
    });
  }
};

interface Read {
  readonly groups: readonly RuleGroup[];
  readonly findings: readonly Finding[];
}

const rulesOf = (object: FoundObject, file: string): Read => {
  const { kind, value, path, document } = object;
  const at = (inner: readonly (string | number)[] = []) => ({
    file,
    line: document.lineAt([...path, ...inner]),
  });
  if (isOther(object)) {
    const place = kindOf(object, file);
    const { suggestion } = misspeltKind(object);
    const misspelt = suggestion && {
      severity: 'error' as const,
      message: 'The file has an object of an unknown kind.',
      why: 'Its rules would have no effect.',
      remedy: 'Correct the kind.',
      suggestion,
    };
    return {
      groups: [],
      findings: [contentFinding({ fault: 'other-kind', place, value: kind, ...misspelt })],
    };
  }
  const fields = Object.keys((value ?? {}) as object);
  if (kind === undefined && fields.includes('groups') && fields.includes('apiVersion')) {
    const message = 'These are alert rules of Grafana, not of Prometheus.';
    return { groups: [], findings: [contentFinding({ fault: 'no-rules', place: at(), message })] };
  }
  if (kind === undefined && !fields.includes('groups')) {
    const isTest = fields.includes('rule_files') || fields.includes('tests');
    return {
      groups: [],
      findings: [
        contentFinding({
          fault: isTest ? 'test-name' : 'no-rules',
          place: at(),
          ...(isTest && { value: file.replace(/^.*\//, '') }),
        }),
      ],
    };
  }
  const { data, faults } = validateValue(ruleFileSchema, value, file);
  return {
    groups: (data?.groups ?? []).map(groupOf),
    findings: [
      ...faults.map(({ place, ...fault }) => {
        const inner = partsOf(place.path ?? '');
        return contentFinding({
          ...fault,
          ...(fault.message && { message: fault.message.replace('option', 'field') }),
          ...(isBraces(fault.value) && ofHelm),
          place: { ...place, ...at(inner) },
        } as FoundFault<'invalid-value'>);
      }),
      ...(data?.groups ?? []).flatMap(({ partial_response_strategy: value }, index) =>
        value === undefined
          ? []
          : [
              contentFinding({
                fault: 'thanos-field',
                place: at(['groups', index, 'partial_response_strategy']),
                value,
              }),
            ],
      ),
    ],
  };
};

/** YAML reads an action in braces, as in `alert: {{ .Release.Name }}`, as a mapping whose key is a mapping. */
const isBraces = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, '[object Object]');

const ofHelm = {
  message: 'The value is an action in braces: the file is a template of Helm.',
  value: undefined,
  remedy: 'Render the templates first, such as with helm template.',
};

/** The parts of a path such as `groups[0].rules[2].labels['a-b']`. */
const partsOf = (path: string): (string | number)[] =>
  [...path.matchAll(/\[(\d+)\]|\['(.*?)'\]|([\w$]+)/g)].map(([, index, quoted, name]) =>
    index === undefined ? (quoted ?? name ?? '') : Number(index),
  );

const groupOf = ({
  partial_response_strategy: _,
  rules = [],
  ...group
}: ImportedGroup): RuleGroup =>
  present({
    ...group,
    rules: rules.map(({ record, alert, ...rule }) =>
      present({ ...(alert ? { alert } : { record }), ...rule }),
    ),
  }) as RuleGroup;

const present = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Groups of different objects may have the same name, but not in one file of Prometheus. */
const unique = (
  all: readonly { readonly group: RuleGroup; readonly object: FoundObject }[],
): RuleGroup[] => {
  const taken = new Set<string>();
  return all.map(({ group, object }) => {
    let { name } = group;
    for (let count = 2; taken.has(name); count++) {
      name = `${group.name} (${count === 2 && object.name ? object.name : count})`;
    }
    taken.add(name);
    return { ...group, name };
  });
};
