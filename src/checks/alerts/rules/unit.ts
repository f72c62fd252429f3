import { memoize } from '../../../model/memoize.js';
import { bare } from '../../../promql/expression.js';
import { quantityOf } from '../../support/query/quantity.js';
import type { Query } from '../../support/query/query.js';
import type { ShippedRule } from '../../support/query/rule.js';
import type { SeriesIndex } from '../../support/query/series.js';
import { contradiction } from '../../support/unit/compare.js';
import type { Result } from './faults.js';

type RuleQuery = Query & { readonly rule: ShippedRule };

/** How a text writes the value: the unit of Grafana that has the same meaning. */
const writers: readonly (readonly [unit: string, pattern: RegExp])[] = [
  [
    'percentunit',
    /\{\{-?\s*(?:humanizePercentage\s+\$value|(?:\$value|\.Value)\s*\|\s*humanizePercentage)\s*-?\}\}/,
  ],
  [
    's',
    /\{\{-?\s*(?:humanizeDuration\s+\$value|(?:\$value|\.Value)\s*\|\s*humanizeDuration)\s*-?\}\}/,
  ],
  // The number and a percent sign, with or without a format.
  [
    'percent',
    /\{\{-?\s*(?:printf\s+"%[.\d]*[a-z]"\s+\$value|(?:\$value|\.Value)(?:\s*\|\s*(?:humanize|printf\s+"%[.\d]*[a-z]"))?)\s*-?\}\}\s?(?:%|percent\b)/,
  ],
  [
    'percent',
    /\{\{-?\s*(?:printf\s+"%[.\d]*[a-z]%%"\s+\$value|(?:\$value|\.Value)\s*\|\s*printf\s+"%[.\d]*[a-z]%%")/,
  ],
];

/** Texts of alerts that write the value with another unit than it has. */
export const wrongUnits = memoize((query: RuleQuery, index: SeriesIndex): Result[] => {
  const texts = Object.entries(query.rule.annotations).filter(([, text]) => text.includes('{{'));
  return texts.flatMap(([key, text]) =>
    writers.flatMap(([unit, pattern]): Result[] => {
      const [written] = pattern.exec(text) ?? [];
      if (written === undefined) return [];
      const quantity = quantityOf(query.analysis, index);
      const found = quantity && contradiction(quantity, unit);
      if (!found || found.fault === 'other-rate' || isAboveOne(query, found.factor)) return [];
      return [
        {
          place: { ...query.placeOf(), path: `${query.usedIn}, ${key}` },
          fault: 'wrong-unit',
          ...(query.imported && { severity: 'warning' }),
          message: `The text writes the value as ${asText[unit]}, but it is ${found.values}.`,
          value: written,
        },
      ];
    }),
  );
});

/** Whether the threshold shows that a metric with the name of a ratio is counted to 100. */
const isAboveOne = ({ analysis }: RuleQuery, factor = 1): boolean => {
  const one = analysis.expression && bare(analysis.expression);
  return (
    factor < 1 &&
    one?.kind === 'binary' &&
    one.right.kind === 'number' &&
    Number(one.right.value) > 1
  );
};

const asText: Readonly<Record<string, string>> = {
  percentunit: 'a share from 0 to 1',
  percent: 'a share from 0 to 100',
  s: 'seconds',
};
