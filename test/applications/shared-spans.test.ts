import { expect, test } from 'vitest';
import type { ApplicationOptions } from '../../src/applications/declared/application.js';
import { availability } from '../../src/content/objective/objective.js';
import { minimal } from '../environment.js';
import { projectWith } from './project.js';

const ofSpans = [availability(99.9, { of: 'spans' })];

const found = async (...applications: Partial<ApplicationOptions>[]) => {
  const { findings } = await projectWith({
    'environments/test.ts': {
      ...minimal,
      applications: applications.map((one) => ({
        namespace: 'shop',
        labels: { app: `${one.name}` },
        traces: true,
        objectives: ofSpans,
        ...one,
      })),
    },
  });
  return findings.map(({ code, place, value }) => [code, place.path, value]);
};

test('objectives of two applications cannot count the spans of one service', async () => {
  const traces = { service: 'orders' };
  const second = [['applications/shared-spans', 'applications[1].traces.service', 'orders']];
  expect(await found({ name: 'web', traces }, { name: 'worker', traces })).toEqual(second);
  expect(await found({ name: 'orders' }, { name: 'worker', traces })).toEqual(second);
});

test('applications can have one service in their spans if only one has objectives about these', async () => {
  const traces = { service: 'orders' };
  expect(await found({ name: 'web', traces }, { name: 'worker', traces, objectives: [] })).toEqual(
    [],
  );
  expect(await found({ name: 'web' }, { name: 'worker' })).toEqual([]);
});
