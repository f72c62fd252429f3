import { parser } from '@prometheus-io/lezer-promql';
import type { Manifest } from '../../../src/model/manifest.js';
import { analyse } from '../../../src/promql/analyse.js';
import { walk } from '../../../src/promql/expression.js';
import { filesIn, placeInFile } from '../file.js';
import { misspell, type Operator, type Place, put, sitesIn, valueAt } from '../place.js';
import { writtenLabels } from '../written-labels.js';

/** A part of an expression. */
interface Part {
  readonly from: number;
  readonly to: number;
}

/** Every expression in rules and panels with a change of one of its parts, one at a time. */
const inExpressions = (
  manifests: readonly Manifest[],
  parts: (text: string) => Part[],
  change: (part: string) => string,
): Place[] =>
  filesIn(manifests)
    .filter(({ kind }) => kind !== 'configuration')
    .flatMap((file) =>
      sitesIn(file.tree)
        .filter(({ key, value }) => key === 'expr' && typeof value === 'string')
        .flatMap(({ path, value }) =>
          parts(value).map(({ from, to }) =>
            placeInFile(manifests, file, [...path, from], value.slice(from, to), (tree) =>
              put(
                tree,
                path,
                value.slice(0, from) + change(value.slice(from, to)) + value.slice(to),
              ),
            ),
          ),
        ),
    );

// Durations that are variables of Grafana are replaced by valid ones of the same length.
const plain = (text: string): string =>
  text.replace(/\$\{?\w+\}?/g, (variable, index: number) =>
    /\[\s*$/.test(text.slice(0, index)) || /[:\]]\s*$/.test(text.slice(0, index))
      ? `${'1'.repeat(Math.max(variable.length - 1, 1))}s`.padStart(variable.length, '1')
      : variable,
  );

const nodes = (text: string, names: readonly string[]): Part[] => {
  const found: Part[] = [];
  parser.parse(plain(text)).iterate({
    enter: ({ name, from, to, node }) => {
      if (names.includes(`${node.parent?.name}/${name}`)) found.push({ from, to });
    },
  });
  return found;
};

/** The labels by which an expression groups all of its series. */
const groupedBy = (text: string): string[] =>
  (/^\s*(?:sum|max|min|avg|count)\s+by\s*\(([\w\s,]+)\)/.exec(text)?.[1] ?? '')
    .split(/[\s,]+/)
    .filter((label) => label !== '');

/** The grouping of the right side of an operator whose left side has the same. */
const groupingsAlike = (text: string): Part[] => {
  const found: Part[] = [];
  parser.parse(plain(text)).iterate({
    enter: ({ name, from, to, node }) => {
      const [side, binary] = [node.parent, node.parent?.parent];
      if (name !== 'AggregateModifier' || binary?.name !== 'BinaryExpr') return;
      // `or` combines series with any labels.
      if (binary.getChild('Or')) return;
      const left = binary.firstChild;
      if (!left || left.from === side?.from || binary.getChild('MatchingModifierClause')) return;
      if (text.slice(left.from, left.to).includes(text.slice(from, to))) found.push({ from, to });
    },
  });
  return found;
};

/** The labels by which the side of an operator is grouped that begins a text, or is all of it. */
/** Without them, `or` and sides with the same labels still work. */
const matchings = (text: string): Part[] => {
  const { expression } = analyse(plain(text));
  const all = expression ? walk(expression) : [];
  return nodes(text, ['BinaryExpr/MatchingModifierClause']).filter(({ from, to }) => {
    const binary = all.find(
      (one) => one.kind === 'binary' && one.operatorSpan.to <= from && to <= one.right.from,
    );
    if (binary?.kind !== 'binary' || binary.operator === 'or') return false;
    const [left, right] = [writtenLabels(binary.left), writtenLabels(binary.right)];
    return left === undefined || left !== right;
  });
};

/** Bounds as Prometheus 3 stores them, which few histograms have. */
const unknownBounds = ['0.123', '0.33', '7.7', '1234.5', '99999.0'];

const bucketLabel = /\ble\s*,\s*|,?\s*\ble\b(?=\s*[,)])/;

export const queryOperators: readonly Operator[] = [
  {
    name: 'misspell-metric',
    fault: 'a metric is mistyped, or was renamed by its exporter',
    places: (manifests) =>
      inExpressions(manifests, (text) => nodes(text, ['VectorSelector/Identifier']), misspell),
  },
  {
    name: 'misspell-label',
    fault: 'a label is mistyped in a matcher or a grouping',
    places: (manifests) =>
      inExpressions(
        manifests,
        (text) =>
          nodes(text, [
            'GroupingLabels/LabelName',
            'UnquotedLabelMatcher/LabelName',
            'EqualMatcher/LabelName',
            'LabelMatcher/LabelName',
          ]),
        misspell,
      ),
  },
  {
    name: 'drop-le',
    fault: 'a quantile is calculated from buckets without their bounds',
    places: (manifests) =>
      filesIn(manifests)
        .filter(({ kind }) => kind !== 'configuration')
        .flatMap((file) =>
          sitesIn(file.tree)
            .filter(
              ({ key, value }) =>
                key === 'expr' &&
                typeof value === 'string' &&
                value.includes('histogram_quantile') &&
                bucketLabel.test(value),
            )
            .map(({ path, value }) =>
              placeInFile(manifests, file, path, value, (tree) =>
                put(tree, path, value.replace(bucketLabel, '')),
              ),
            ),
        ),
  },
  {
    name: 'shorten-range',
    fault: 'the range of a rate is as short as the scrape interval',
    places: (manifests) =>
      inExpressions(
        manifests,
        (text) =>
          [...text.matchAll(/(?<=\b(?:rate|increase|irate|deriv)\([^()[\]]*)\[[^\]:]+\]/g)].map(
            ({ index, 0: range }) => ({ from: index, to: index + range.length }),
          ),
        () => '[30s]',
      ),
  },
  {
    name: 'select-old-bucket',
    fault: 'a bucket is selected by its bound as Prometheus 2 stored it',
    places: (manifests) =>
      inExpressions(
        manifests,
        (text) =>
          [...text.matchAll(/(?<=\w_bucket)\{/g)].map(({ index }) => ({
            from: index,
            to: index + 1,
          })),
        () => '{le="1",',
      ),
  },
  {
    name: 'select-unknown-bucket',
    fault: 'a bucket is selected that the histogram does not have',
    places: (manifests) =>
      unknownBounds.flatMap((bound) =>
        inExpressions(
          manifests,
          (text) =>
            [...text.matchAll(/(?<=\w_bucket)\{/g)].map(({ index }) => ({
              from: index,
              to: index + 1,
            })),
          () => `{le="${bound}",`,
        ),
      ),
  },
  {
    name: 'differ-sides',
    fault: 'two sides with different labels are combined without on (…) or ignoring (…)',
    places: (manifests) =>
      inExpressions(
        manifests,
        (text) => [...matchings(text), ...groupingsAlike(text)],
        () => '',
      ),
  },
  {
    name: 'overwrite-labels',
    fault: 'labels of a rule replace those by which its series differ',
    places: (manifests) =>
      filesIn(manifests)
        .filter(({ kind }) => kind === 'rules')
        .flatMap((file) =>
          sitesIn(file.tree).flatMap(({ path, key, value }) => {
            const grouped = key === 'expr' && typeof value === 'string' ? groupedBy(value) : [];
            if (grouped.length === 0) return [];
            const labels = [...path.slice(0, -1), 'labels'];
            const set = Object.fromEntries(grouped.map((label) => [label, 'all']));
            return placeInFile(manifests, file, labels, grouped.join(', '), (tree) =>
              put(tree, labels, { ...valueAt(tree, labels), ...set }),
            );
          }),
        ),
  },
];
