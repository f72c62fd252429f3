import type { CheckInput } from '../../src/model/check.js';
import type { SynthesizedStack } from '../../src/output/synthesized-stack.js';
import { inRule } from './alerts.js';
import { evaluate } from './evaluate.js';
import { prometheusFile } from './sample-object.js';
import { inFile, type Settings, shop, shopping, stackOf } from './setting.js';

export const buckets: Settings = {
  'unstored-bound': inRule(),
  'unknown-bucket': inRule(),
};

export const jobs: Settings = {
  'unknown-job': inRule(),
  'dropped-metric': inFile(...prometheusFile, 'scrape_configs.0'),
};

export const scrapeIntervals: Settings = {
  'sparse-samples': inFile(...prometheusFile),
};

/** The input of a check if a user's rule queries a metric of the application. */
const withQuery = (stack: SynthesizedStack): CheckInput => ({
  ...inRule({ stack }).inputs('rate(shop_orders_total[5m]) > 0').with,
  sources: { 'alerts/shop': { file: 'alerts/shop.ts', shipped: false, lineOf: () => undefined } },
});

export const matching: Settings = {
  'never-matches': inRule(),
  'unless-without-effect': inRule(),
  'matches-without-label': inRule(),
  'several-matches': inRule(),
  'merged-series': inRule(),
  'merged-by-rule': inRule(),
};

export const metrics: Settings = {
  'unknown-metric': inRule(),
  'undeclared-metrics': {
    inputs: (example) => ({
      without: withQuery(shop),
      with: withQuery(stackOf(shopping(evaluate(example).offers))),
    }),
  },
  'recorded-metric': inRule(),
  'unknown-pattern': inRule(),
  'one-release-only': inRule(),
  'missing-label': inRule(),
  'lost-bucket-label': inRule({ stack: shop }),
  'raw-counter': inRule({ stack: shop }),
  'rate-of-gauge': inRule(),
  'delta-of-counter': inRule({ stack: shop }),
};

export const promql: Settings = {
  'invalid-expression': inRule(),
  'wrong-result-type': inRule(),
};

export const ranges: Settings = {
  'rate-too-short': inRule(),
  'short-range': inRule(),
};

export const values: Settings = {
  'quantile-out-of-range': inRule({ stack: shop }),
  'beyond-buckets': inRule(),
  'timestamp-as-duration': inRule(),
  'unknown-value': inRule(),
};
