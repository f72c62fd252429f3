import { expect, test } from 'vitest';
import { podAmount } from '../../src/model/pod-amount.js';

const container = (cpu: string, more = {}) => ({ resources: { requests: { cpu } }, ...more });
const sidecar = (cpu: string) => container(cpu, { restartPolicy: 'Always' });

test.each([
  ['the sum of containers', [container('100m'), container('50m')], [], 0.15],
  ['an initial container that needs more', [container('100m')], [container('500m')], 0.5],
  ['no initial container that needs less', [container('100m')], [container('50m')], 0.1],
  ['sidecars beside containers', [container('100m')], [sidecar('50m')], 0.15],
  [
    'sidecars beside later initial containers',
    [container('100m')],
    [sidecar('50m'), container('200m')],
    0.25,
  ],
  ['nothing for an invalid quantity', [container('much')], [], 0],
] as const)('a pod requests %s', (_, containers, initContainers, cpu) => {
  expect(podAmount({ containers, initContainers }, 'requests', 'cpu')).toBeCloseTo(cpu);
});

test('a pod without containers requests nothing', () => {
  expect(podAmount({}, 'limits', 'memory')).toBe(0);
});

test.each([null, 7, 'text', {}, [null]])('containers that are %j request nothing', (containers) => {
  expect(podAmount({ containers, initContainers: containers }, 'requests', 'cpu')).toBe(0);
});
