import { defineCheck } from '../../model/check.js';
import { memoize } from '../../model/memoize.js';
import { analyse } from '../../promql/analyse.js';
import { asksPrometheus, samplesOf } from '../../promql/dashboard.js';
import { observedBy } from '../../promql/quantity/follow.js';
import type { Quantity } from '../../promql/quantity/quantity.js';
import { dashboardsIn, inPanel, type ShippedDashboard } from '../support/dashboard.js';
import { quantityOf } from '../support/query/quantity.js';
import { type SeriesIndex, seriesIn } from '../support/query/series.js';
import { type Contradiction, contradiction } from '../support/unit/compare.js';
import { listOf } from '../support/untyped.js';
import { faults, type Result } from './dashboard-units/faults.js';
import { unitOf } from './dashboard-units/unit-of.js';

const check = defineCheck({
  faults,
  summary:
    'The unit of a panel fits what its queries return: bytes are not shown as bits or seconds, and a share from 0 to 1 not as a percentage. What a query returns follows from the suffixes of its metrics, such as _bytes, and from its operations.',
  run: (input) => {
    const index = seriesIn(input);
    return dashboardsIn(input).flatMap((dashboard) => contradictions(dashboard, index));
  },
});

export default check;

const contradictions = memoize((dashboard: ShippedDashboard, index: SeriesIndex): Result[] => {
  const variables = samplesOf(dashboard.json);
  return dashboard.panels.flatMap((panel) => {
    const told = new Set<string>();
    return listOf(panel.targets).flatMap((target): Result[] => {
      const { expr } = target;
      const unit = unitOf(panel, target);
      if (unit === undefined || typeof expr !== 'string' || !asksPrometheus(target, panel)) {
        return [];
      }
      const analysis = analyse(expr, variables);
      const quantity =
        panel.type === 'heatmap' ? observedBy(analysis.expression) : quantityOf(analysis, index);
      const found = quantity && contradiction(quantity, unit);
      // A panel with several such queries has one cause.
      if (!found || told.has(unit)) return [];
      told.add(unit);
      return [
        inPanel(dashboard, panel, {
          fault: found.fault,
          message: messageOf(found, unit, quantity),
          value: expr,
        }),
      ];
    });
  });
});

const messageOf = (
  { values, factor }: Contradiction,
  unit: string,
  { share }: Quantity,
): string => {
  const shown = `The unit is '${unit}', but the values are ${values}`;
  if (factor === undefined || (share && values.startsWith('a share'))) return `${shown}.`;
  const times = factor > 1 ? factor : 1 / factor;
  const written = Number.isInteger(times) ? `${times}` : times.toPrecision(3);
  return `${shown}: they are ${written} times too ${factor > 1 ? 'large' : 'small'}.`;
};
