import { expect, test } from 'vitest';
import { minimal } from '../environment.js';
import { projectWith } from './project.js';

const shop = {
  name: 'shop',
  namespace: 'shop',
  labels: { app: 'shop' },
  metrics: { port: 9464 },
  health: { port: 8080, live: '/live', ready: '/ready' },
};

/** The findings of an application whose file has these lines. */
const found = async (options: object, ...lines: readonly string[]) => {
  const { findings } = await projectWith(
    {
      'environments/test.ts': { ...minimal, stage: 'development' },
      'applications/shop.ts': { ...shop, ...options },
    },
    {
      'applications/shop.ts': ['export default application({', ...lines, '});'].join('\n'),
    },
  );
  return findings.map(
    ({ code, place }) =>
      `${code} ${place.file?.split('/').slice(-2).join('/')}:${place.line} ${place.path ?? ''}`,
  );
};

test('an interval that is too long has the place of the option', async () => {
  expect(
    await found(
      { metrics: { port: 9464, interval: '10m' } },
      "  name: 'shop',",
      "  metrics: { port: 9464, interval: '10m' },",
    ),
  ).toEqual(['scrape-intervals/sparse-samples applications/shop.ts:3 metrics.interval']);
  expect(
    await found(
      { health: { ...shop.health, interval: '10m' } },
      '  health: {',
      '    port: 8080,',
      "    interval: '10m',",
      '  },',
    ),
  ).toEqual(['scrape-intervals/sparse-samples applications/shop.ts:4 health.interval']);
});

test('an interval of two minutes has no findings', async () => {
  expect(await found({ metrics: { port: 9464, interval: '2m' } })).toEqual([]);
});

test('relabelling that drops everything has the place of the option', async () => {
  const sampleRelabel = [{ source_labels: ['__name__'], regex: '.*', action: 'drop' }];
  expect(
    await found({ metrics: { port: 9464, sampleRelabel } }, '  metrics: { port: 9464, … },'),
  ).toEqual(['scrapes/all-dropped applications/shop.ts:2 metrics']);
});

test('a credential in the query of a page has the line that has it', async () => {
  const live = '/live?token=abc123def456';
  expect(
    await found(
      { health: { port: 8080, live } },
      "  name: 'shop',",
      `  health: { port: 8080, live: '${live}' },`,
    ),
  ).toEqual(['credentials/known-format applications/shop.ts:3 ']);
  expect(
    await found(
      { metrics: { port: 9464, query: { token: 'abc123def456' } } },
      "  metrics: { port: 9464, query: { token: 'abc123def456' } },",
    ),
  ).toEqual(['credentials/literal-credential applications/shop.ts:2 ']);
});

test('another query has no findings', async () => {
  expect(await found({ health: { port: 8080, live: '/live?verbose=true' } })).toEqual([]);
});
