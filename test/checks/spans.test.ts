import { expect, test } from 'vitest';
import spans from '../../src/checks/network/spans.js';
import { required } from '../../src/model/consumption.js';
import type { Party } from '../../src/model/party.js';
import { build, minimal } from '../environment.js';
import { inputOf, without } from './input.js';

const jaeger = 'StatefulSet crowsnest/crowsnest-jaeger';
const sender: Party = {
  name: 'checkout',
  workloads: { checkout: { kind: 'pods', namespace: 'shop', labels: { app: 'checkout' } } },
  endpoints: {},
  consumes: [required('traces', { variant: 'grpc' })],
};
const inProduction = { stage: 'production' } as const;

test('an application that may send spans has no findings', () => {
  expect(spans.run(inputOf(build({ ...minimal, parties: [sender] }), inProduction))).toEqual([]);
});

test('an environment without such an application has a warning in production, at Jaeger', () => {
  expect(spans.run(inputOf(build(minimal), inProduction))).toMatchObject([
    {
      severity: 'warning',
      place: { object: jaeger },
      fault: 'no-sender',
    },
  ]);
});

test('nothing is reported without Jaeger, and outside production', () => {
  expect(spans.run({ ...without(build(minimal), jaeger), ...inProduction })).toEqual([]);
  for (const stage of ['development', 'staging'] as const) {
    expect(spans.run(inputOf(build(minimal), { stage }))).toEqual([]);
  }
});
