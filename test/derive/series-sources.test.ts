import { expect, test } from 'vitest';
import { seriesSources } from '../../src/derive/series-sources.js';
import type { Connection } from '../../src/model/connection.js';
import { type MetricsOffer, metrics } from '../../src/model/offer.js';

const page = (party: string, settings: Omit<MetricsOffer, 'capability' | 'path'> = {}) =>
  ({
    capability: 'metrics',
    offer: metrics('/metrics', settings),
    provider: { party },
  }) as unknown as Connection;

const sources = (...pages: readonly Connection[]) =>
  seriesSources(pages, ['probe'], [{ job_name: 'switches' }]).map(({ job, renames, metrics }) => [
    job,
    renames,
    metrics && Object.keys(metrics).length > 0,
  ]);

const toJob = [{ source_labels: ['service'], target_label: 'job' }];

test('the sources of series are pages with known or unknown metrics, probes and native jobs', () => {
  expect(
    sources(
      page('node-exporter'),
      page('shop', { declares: { orders_total: { type: 'counter' } } }),
      page('carts'),
    ),
  ).toEqual([
    ['node-exporter', false, true],
    ['shop', false, true],
    ['carts', false, undefined],
    ['probe', false, true],
    ['switches', true, undefined],
  ]);
});

test('a page can have series of other jobs if its labels or its relabelling set the job', () => {
  const [first] = sources(page('push', { honorLabels: true }));
  expect(first).toEqual(['push', true, undefined]);
  expect(sources(page('node-exporter', { honorLabels: true }))[0]).toEqual([
    'node-exporter',
    false,
    true,
  ]);
  expect(sources(page('a', { sampleRelabel: toJob }))[0]).toEqual(['a', true, undefined]);
  expect(sources(page('a', { targetRelabel: toJob }))[0]).toEqual(['a', true, undefined]);
});
