import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../src/catalogues/catalogue.js';
import { inScenario, metrics } from '../../../src/schema/k6/threshold.js';

// Tags that all samples of a run have, with one value.
const ofRun = ['application', 'testid', 'k6_feature_native_histograms'];

test('the tags of each metric are those of the samples of a real run', () => {
  const seen = Object.entries(loadCatalogue('k6').metrics).map(([name, { labels }]) => [
    name.replace(/^k6_/, '').replace(/(_total|_seconds|_rate)$/, ''),
    labels.filter((label) => !ofRun.includes(label)).sort(),
  ]);
  const stated = Object.entries(metrics).map(([name, { tags }]) => [name, [...tags].sort()]);
  expect(Object.fromEntries(stated)).toEqual(Object.fromEntries(seen));
});

test.each([
  ['http_req_failed', 'http_req_failed{scenario:load}'],
  ['http_reqs{name:GET /a}', 'http_reqs{scenario:load,name:GET /a}'],
  ['data_sent', 'data_sent{scenario:load}'],
  ['http_reqs{scenario:smoke,name:a}', 'http_reqs{scenario:smoke,name:a}'],
  ['iterations', 'iterations'],
  ['vus', 'vus'],
])('the threshold of %s is about %s', (key, expected) => {
  expect(inScenario(key, 'load')).toBe(expected);
});
