import { expect, test } from 'vitest';
import { prometheusType } from '../../src/schema/prometheus/type.js';
import { prometheusValues } from './prometheus-values.js';

test('what Prometheus accepts is accepted, and what it rejects is rejected', () => {
  const schema = prometheusType()('config.Config');
  const wrong = prometheusValues
    .map(({ what, config, accepted }) => ({
      what,
      accepted,
      issues: schema.safeParse(config).error?.issues,
    }))
    .filter(({ accepted, issues }) => accepted !== (issues === undefined))
    .map(
      ({ what, issues }) =>
        `${what}: ${issues?.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? 'accepted'}`,
    );
  expect(wrong).toEqual([]);
});
