import { expect, test } from 'vitest';
import { projectWith } from './project.js';

const source = `import { application } from '../src/index.js';

export default application({
  labels: { app: 'orders' },
  objectives: [{ kind: 'latency' }],
  loadTest: { requests: [{ path: '/' }] },
});
`;

test('a load test that is no object is one fault', async () => {
  const { findings } = await projectWith({
    'applications/orders.ts': {
      name: 'orders',
      namespace: 'shop',
      labels: { app: 'orders' },
      loadTest: 'smoke',
    },
  });
  expect(findings.map(({ place }) => place.path)).toEqual(['loadTest']);
});

test('faults between options are reported with all others, each with a line', async () => {
  const { findings } = await projectWith(
    {
      'applications/orders.ts': {
        labels: { app: 'orders' },
        objectives: [
          { kind: 'latency', target: 99, threshold: '1s', unit: 'seconds', of: { histogram: 'a' } },
        ],
        loadTest: { requests: [{ path: '/' }] },
      },
    },
    { 'applications/orders.ts': source },
  );
  expect(
    findings.map(({ code, place, suggestion }) => [code, place.path, place.line, suggestion]),
  ).toEqual([
    ['applications/missing-option', 'name', 3, undefined],
    ['applications/missing-option', 'namespace', 3, undefined],
    ['applications/unknown-option', 'objectives[0].unit', 5, 'of'],
    ['applications/missing-option', 'loadTest.port', 6, undefined],
  ]);
});
