import { type Analysis, analyse } from '../../../logql/analyse.js';
import { type LokiQuery, lokiQueries } from '../../../logql/dashboard.js';
import { type CheckInput, isImported } from '../../../model/check.js';
import { memoize } from '../../../model/memoize.js';
import { filesOfKind, perFile } from '../file.js';
import { ownerOf, placesOf, type Query } from './query.js';

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
