import { expect, test } from 'vitest';
import prometheus from '../../src/schema/data/prometheus.js';
import { fileValue } from '../../src/schema/file-value.js';

const read = (value: unknown) => fileValue(prometheus.types, 'config.Config', value);

test('values with the type of the engine are not changed', () => {
  const file = {
    global: { scrape_interval: '15s', external_labels: { cluster: 'a' }, label_limit: 64 },
    scrape_configs: [
      {
        job_name: 'a',
        honor_labels: true,
        params: { module: ['b'] },
        static_configs: [{ targets: ['c:1'], labels: { d: 'e' } }],
        relabel_configs: [{ action: 'keep', source_labels: ['f'], regex: 'g' }],
      },
    ],
  };
  expect(read(file)).toEqual(file);
});

test('values of another type are undefined, and items of a list keep their positions', () => {
  expect(
    read({
      global: 'text',
      scrape_configs: [null, { job_name: 'a', honor_labels: 'yes', static_configs: {} }, 'b'],
      rule_files: ['/a', { of: 'another type' }],
    }),
  ).toEqual({ scrape_configs: [{}, { job_name: 'a' }, {}], rule_files: ['/a'] });
  expect(read('text')).toBeUndefined();
});

test('unknown fields are undefined, including those of every object', () => {
  expect(read({ globale: {}, storage: { tsdb: { toString: 'a' } } })).toEqual({
    storage: { tsdb: {} },
  });
});

test('a number or a boolean is a text if the engine reads a text', () => {
  expect(read({ scrape_configs: [{ job_name: 1, relabel_configs: [{ regex: true }] }] })).toEqual({
    scrape_configs: [{ job_name: '1', relabel_configs: [{ regex: 'true' }] }],
  });
});
