import { type CheckInput, type ContentSource, isImported } from '../../../model/check.js';
import type { ReadVariable } from '../../../model/dashboard.js';
import type { FoundFault } from '../../../model/fault.js';
import type { Place } from '../../../model/finding.js';
import { type Manifest, titleOf } from '../../../model/manifest.js';
import { memoize, memoizeText } from '../../../model/memoize.js';
import { type Analysis, analyse } from '../../../promql/analyse.js';
import { dashboardQueries } from '../../../promql/dashboard.js';
import type { Span } from '../../../promql/expression.js';
import { filesOfKind, perFile, type ShippedFile } from '../file.js';
import { recordOf } from '../untyped.js';
import { rulesOf, type ShippedRule } from './rule.js';

/** A shipped expression, and its place in the source. */
export interface Query {
  readonly expr: string;
  readonly analysis: Analysis;
  /** The rule, panel, variable or runbook that has the expression, such as `alert JobDown`. */
  readonly usedIn: string;
  /** The rule with the expression. @default - the expression is in a dashboard or a runbook */
  readonly rule?: ShippedRule;
  /** Whether it is in a runbook. An environment may not scrape the jobs that it queries. */
  readonly ofRunbook?: {
    /** The series that rules record here or in another environment. */
    readonly recordings: ReadonlySet<string>;
  };
  /** The label in `label_values`. */
  readonly label?: string;
  /** The variable whose values it returns. @default - another part of a dashboard, or a rule */
  readonly variable?: ReadVariable;
  /** Whether the result may be a range vector. */
  readonly takesRange: boolean;
  /** Whether it is in a file that others wrote, in the format of Grafana or Prometheus. */
  readonly imported: boolean;
  /** Its source file, or the object if it has none. */
  readonly owner: Place;
  /** The place of an offset in the original text. */
  readonly placeOf: (offset?: number) => Place;
}

/** All expressions of the shipped rules and dashboards, and of the runbooks of these rules. */
export const queriesIn = memoize((input: CheckInput): readonly Query[] => {
  const rules = filesOfKind(input, 'prometheus-rules');
  const dashboards = filesOfKind(input, 'grafana-dashboard');
  return [
    ...rules.flatMap((file) => ruleQueries(file, input.sources)),
    ...dashboards.flatMap((file) => panelQueries(file, input.sources)),
    ...rules.flatMap((file) => runbookQueries(file, input.sources)),
  ];
});

/** A file of content that no environment has. */
export interface LeftOutFile {
  readonly kind: 'alerts' | 'dashboards';
  readonly name: string;
  readonly value: object;
}

/** The file as if it shipped. */
export const asShipped = ({ name, value }: LeftOutFile): ShippedFile => {
  const object = { apiVersion: '', kind: '', metadata: { name } };
  const manifest = { object, construct: '', chart: '', patched: false };
  return { key: `${name}.json`, value: recordOf(value), manifest };
};

/** The expressions of content that no environment has. */
export const leftOutQueries = (
  files: readonly LeftOutFile[],
  sources: CheckInput['sources'],
): Query[] =>
  files.flatMap((file) =>
    (file.kind === 'alerts' ? ruleQueries : panelQueries)(asShipped(file), sources),
  );

const ruleQueries = perFile('alerts', (file, source): Query[] =>
  rulesOf(file).map((rule) => {
    const usedIn = `${rule.alert === undefined ? 'rule' : 'alert'} ${rule.name}`;
    return {
      expr: rule.expr,
      analysis: analyse(rule.expr),
      usedIn,
      rule,
      takesRange: false,
      imported: isImported(source),
      owner: ownerOf(source, rule.manifest),
      placeOf: placesOf(usedIn, source, rule.manifest, () => [
        [rule.expr, [rule.name]],
        [rule.name],
      ]),
    };
  }),
);

const panelQueries = perFile('dashboards', (file, source): Query[] => {
  return dashboardQueries(file.value).map((query): Query => {
    const { expr, variables, usedIn, label, variable, instant, titles } = query;
    const title = usedIn.slice(usedIn.indexOf(' ') + 1);
    return {
      expr,
      analysis: analyse(expr, variables),
      usedIn,
      label,
      variable,
      takesRange: instant,
      imported: isImported(source),
      owner: ownerOf(source, file.manifest),
      placeOf: placesOf(usedIn, source, file.manifest, () => [
        [expr, titles()],
        [title, titles().slice(0, -1)],
      ]),
    };
  });
});

const runbookQueries = (file: ShippedFile, sources: CheckInput['sources']): readonly Query[] =>
  withRecordings(queriesOfRunbook(file, sources), recordingsOf(sources));

type RunbookQuery = Omit<Query, 'ofRunbook'>;

const queriesOfRunbook = perFile('alerts', (group, source): readonly RunbookQuery[] => {
  const runbook = source?.runbook;
  if (!runbook) return [];
  return rulesOf(group).flatMap(({ alert }) =>
    runbook
      .queries()
      .filter((query) => query.alert === alert)
      .map(({ expr, line }): RunbookQuery => {
        const usedIn = `runbook of ${alert}`;
        return {
          expr,
          analysis: withPlaceholders(expr),
          usedIn,
          takesRange: true,
          imported: isImported(source),
          owner: { file: runbook.file },
          placeOf: (offset) => ({
            file: runbook.file,
            line,
            path: offset === undefined ? usedIn : `${usedIn}, column ${offset + 1}`,
          }),
        };
      }),
  );
});

const withRecordings = memoize(
  (queries: readonly RunbookQuery[], recordings: ReadonlySet<string>): readonly Query[] =>
    queries.map((query) => ({ ...query, ofRunbook: { recordings } })),
);

const recordingsOf = memoize(
  (sources: CheckInput['sources']): ReadonlySet<string> =>
    setOf(JSON.stringify(Object.values(sources).flatMap(({ records = [] }) => records))),
);

// The same set for the same names, since results are memoized by it.
const setOf = memoizeText((names): ReadonlySet<string> => new Set(JSON.parse(names)));

/** Words in capitals in a runbook, such as NODE, are placeholders for a label of the alert. */
const withPlaceholders = memoizeText((expr): Analysis => {
  const analysis = analyse(expr);
  const varies = ({ from, to }: Span): boolean => /"[A-Z][A-Z_]+\b/.test(expr.slice(from, to));
  return { ...analysis, varies };
});

/** The source file, or the object if it has none. */
export const ownerOf = (
  source: ContentSource | undefined,
  { object, construct }: Manifest,
): Place => (source ? { file: source.file } : { object: titleOf(object), construct });

/** The places in a source; of the texts, the first that it has is the line. */
export const placesOf =
  (
    usedIn: string,
    source: ContentSource | undefined,
    manifest: Manifest,
    texts: () => readonly (readonly [text: string, after?: readonly string[]])[],
  ): Query['placeOf'] =>
  (offset) => {
    const path = offset === undefined ? usedIn : `${usedIn}, column ${offset + 1}`;
    if (!source) return { ...ownerOf(source, manifest), path };
    const [line] = texts().flatMap(([text, after]) => source.lineOf(text, after) ?? []);
    return { file: source.file, line, path };
  };

/** A query with its places in the source. */
type Located = Pick<Query, 'expr' | 'ofRunbook' | 'placeOf'> & {
  readonly analysis: Pick<Analysis, 'originOf'>;
};

/** A fault in a part of a query, with this part as its value. In a runbook it is a warning. */
export const faultAt = <Fault extends string>(
  { expr, analysis, ofRunbook, placeOf }: Located,
  span: { readonly from: number; readonly to: number },
  found: Omit<FoundFault<Fault>, 'place' | 'value'>,
): FoundFault<Fault> => {
  const [from, to] = [analysis.originOf(span.from), analysis.originOf(span.to)];
  return {
    ...found,
    ...(ofRunbook && { severity: 'warning' }),
    place: placeOf(from),
    value: expr.slice(from, to),
  };
};

/**
 * The faults of all queries. Of a file that others wrote, each cause is reported once, which is
 * the fault by default. It is a warning in a dashboard, whose other panels work, unless the fault states its severity.
 */
export const oncePerFile = <
  Fault extends string,
  One extends Pick<Query, 'imported' | 'rule' | 'owner'>,
>(
  queries: readonly One[],
  faultsOf: (query: One) => readonly FoundFault<Fault>[],
  causeOf: (found: FoundFault<Fault>) => string = ({ fault }) => fault,
): FoundFault<Fault>[] => {
  const first = new Map<string, { readonly at: number; count: number }>();
  const all: FoundFault<Fault>[] = [];
  for (const query of queries) {
    for (const found of faultsOf(query)) {
      if (!query.imported) {
        all.push(found);
        continue;
      }
      const { severity = query.rule ? undefined : 'warning' } = found;
      const key = `${query.owner.file ?? query.owner.object} ${causeOf(found)} ${severity}`;
      const known = first.get(key);
      if (known) known.count += 1;
      else {
        first.set(key, { at: all.length, count: 1 });
        all.push({ ...found, ...(severity && { severity }) });
      }
    }
  }
  for (const { at, count } of first.values()) {
    const found = all[at]!;
    if (count > 1) {
      all[at] = {
        ...found,
        message: `${found.message} ${count} queries of the file have this fault.`,
      };
    }
  }
  return all;
};
