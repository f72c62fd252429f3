import type { CheckInput, ContentSource } from '../../model/check.js';
import type { Finding, Place } from '../../model/finding.js';
import { type Manifest, titleOf } from '../../model/manifest.js';
import { once } from '../../model/once.js';
import { type Analysis, analyse } from '../../promql/analyse.js';
import { dashboardQueries } from '../../promql/dashboard.js';
import { filesOf, type Rule, rulesIn } from './rule.js';

/** An expression that ships, with where it was written. */
export interface Query {
  readonly expr: string;
  readonly analysis: Analysis;
  /** What asks it: a rule, a panel, a variable. */
  readonly asker: string;
  /** The rule that it is of. @default - a dashboard asks it */
  readonly rule?: Rule;
  /** A label whose values are asked for beside it. */
  readonly label?: string;
  /** Whether a range vector is a result as well. */
  readonly takesRange: boolean;
  /** Whether it comes with Crowsnest, and not from a user. */
  readonly shipped: boolean;
  /** Where an offset of the text as it was written stands. */
  readonly placeOf: (offset?: number) => Place;
}

/** All expressions of the rules and dashboards that ship. */
export const queriesIn = once(({ manifests, sources }: CheckInput): readonly Query[] => [
  ...manifests.flatMap((manifest) => ruleQueries(manifest, sources)),
  ...manifests.flatMap((manifest) => panelQueries(manifest, sources)),
]);

// Where one manifest alone has changed, those of the others are the same.
const ruleQueries = once((manifest: Manifest, sources: CheckInput['sources']): Query[] =>
  rulesIn([manifest]).map((rule) => {
    const asker = `${rule.kind === 'alert' ? 'alert' : 'rule'} ${rule.name}`;
    const source = sources[`alerts/${rule.file}`];
    return {
      expr: rule.expr,
      analysis: analyse(rule.expr),
      asker,
      rule,
      takesRange: false,
      shipped: source?.shipped ?? true,
      placeOf: placesOf(asker, source, rule.manifest, () => [[rule.expr], [rule.name]]),
    };
  }),
);

const panelQueries = once((manifest: Manifest, sources: CheckInput['sources']): Query[] =>
  filesOf([manifest], 'grafana', /\.json$/).flatMap(({ name, text }) => {
    const source = sources[`dashboards/${name}`];
    return dashboardQueries(text).map((query): Query => {
      const { expr, variables, asker, label, instant, titles } = query;
      const title = asker.slice(asker.indexOf(' ') + 1);
      return {
        expr,
        analysis: analyse(expr, variables),
        asker,
        label,
        takesRange: instant,
        shipped: source?.shipped ?? true,
        placeOf: placesOf(asker, source, manifest, () => [
          [expr, titles()],
          [title, titles().slice(0, -1)],
        ]),
      };
    });
  }),
);

const placesOf =
  (
    asker: string,
    source: ContentSource | undefined,
    { object, construct }: Manifest,
    texts: () => readonly (readonly [text: string, after?: readonly string[]])[],
  ): Query['placeOf'] =>
  (offset) => {
    const path = offset === undefined ? asker : `${asker}, column ${offset + 1}`;
    if (!source) return { object: titleOf(object), construct, path };
    const [line] = texts().flatMap(([text, after]) => source.lineOf(text, after) ?? []);
    return { file: source.file, line, path };
  };

/** A finding about a part of a query, which it quotes. */
export const findingAt = (
  { expr, analysis, placeOf }: Query,
  span: { readonly from: number; readonly to: number },
  finding: Pick<Finding, 'severity' | 'message' | 'remedy' | 'suggestion' | 'why'>,
): Omit<Finding, 'check'> => {
  const [from, to] = [analysis.originOf(span.from), analysis.originOf(span.to)];
  return { ...finding, place: placeOf(from), value: expr.slice(from, to) };
};
