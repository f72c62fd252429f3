import { expect, test } from 'vitest';
import { podCount, podSpecPath } from '../../src/model/pod-template.js';

const object = (kind: string, spec: object) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'a' },
  spec,
});

test.each([
  ['Deployment', { replicas: 3 }, 3],
  ['StatefulSet', {}, 1],
  ['DaemonSet', {}, 1],
  ['CronJob', { suspend: true }, 0],
  ['CronJob', {}, 1],
  ['Deployment', { replicas: 'two' }, undefined],
])('a %s with %j has so many pods: %j', (kind, spec, pods) => {
  expect(podCount(object(kind, spec))).toBe(pods);
});

test('the pods of a CronJob are specified in the template of its Jobs', () => {
  expect(podSpecPath(object('CronJob', {}))).toBe('spec.jobTemplate.spec.template.spec');
  expect(podSpecPath(object('Pod', {}))).toBe('spec');
  expect(podSpecPath(object('Widget', {}))).toBe('spec.template.spec');
});
