import { type Analysis, analyse } from '../../../logql/analyse.js';
import { type LokiQuery, lokiQueries } from '../../../logql/dashboard.js';
import { type CheckInput, isImported } from '../../../model/check.js';
import { memoize } from '../../../model/memoize.js';
import { filesOfKind, perFile } from '../file.js';
import { asShipped, type LeftOutFile, ownerOf, placesOf, type Query } from './query.js';
import { rulesOf, type ShippedRule } from './rule.js';

/** A query to Loki in a dashboard, and its place in the source. */
export interface PlacedLokiQuery
  extends Pick<LokiQuery, 'expr' | 'usedIn' | 'panel'>,
    Pick<Query, 'imported' | 'owner' | 'placeOf'> {
  readonly analysis: Analysis;
}

/** The queries to Loki in all dashboards. */
export const lokiQueriesIn = memoize((input: CheckInput): readonly PlacedLokiQuery[] =>
  filesOfKind(input, 'grafana-dashboard').flatMap((file) => queriesOf(file, input.sources)),
);

/** A rule in LogQL, with its expression and its place in the source. */
export interface LogRule extends PlacedLokiQuery {
  readonly rule: ShippedRule;
}

/** The rules in LogQL, which the ruler of Loki evaluates. */
export const logRulesIn = memoize((input: CheckInput): readonly LogRule[] =>
  filesOfKind(input, 'loki-rules').flatMap((file) => logRulesOf(file, input.sources)),
);

const logRulesOf = perFile('alerts', (file, source): LogRule[] =>
  rulesOf(file).map((rule) => {
    const usedIn = `alert ${rule.name}`;
    return {
      expr: rule.expr,
      usedIn,
      panel: undefined,
      rule,
      analysis: analyse(rule.expr),
      imported: isImported(source),
      owner: ownerOf(source, rule.manifest),
      placeOf: placesOf(usedIn, source, rule.manifest, () => [
        [rule.expr, [rule.name]],
        [rule.name],
      ]),
    };
  }),
);

/** The queries to Loki of dashboards that no environment has. */
export const leftOutLokiQueries = (
  files: readonly LeftOutFile[],
  sources: CheckInput['sources'],
): PlacedLokiQuery[] =>
  files
    .filter(({ kind }) => kind === 'dashboards')
    .flatMap((file) => queriesOf(asShipped(file), sources));

const queriesOf = perFile('dashboards', (file, source): PlacedLokiQuery[] =>
  lokiQueries(file.value).map(({ expr, usedIn, panel, titles, variables }) => {
    const title = usedIn.slice(usedIn.indexOf(' ') + 1);
    return {
      expr,
      usedIn,
      panel,
      analysis: analyse(expr, variables),
      imported: isImported(source),
      owner: ownerOf(source, file.manifest),
      placeOf: placesOf(usedIn, source, file.manifest, () => [
        [expr, titles()],
        [title, titles().slice(0, -1)],
      ]),
    };
  }),
);
