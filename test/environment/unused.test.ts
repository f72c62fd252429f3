import { expect, test } from 'vitest';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { build, minimal } from '../environment.js';

const found = (options: Partial<EnvironmentOptions>) =>
  build({ ...minimal, ...options }).findings.map(({ severity, code, place: { path } }) => [
    severity,
    code,
    path,
  ]);

const autopilot = { cluster: { ...minimal.cluster, platform: 'gke-autopilot' as const } };
const none = { kind: 'none', reason: 'the other stack has them' } as const;
const warning = (path: string) => ['warning', 'config/unused-option', path];

test('options of a component that another option disables are a warning', () => {
  expect(found({ ...autopilot, nodeExporter: { port: 9200 } })).toEqual([
    warning('nodeExporter.port'),
  ]);
  expect(found({ nodeAgents: none, nodeExporter: { memory: '64Mi' } })).toEqual([
    warning('nodeExporter.memory'),
  ]);
  expect(found({ cadvisor: { runtime: { kind: 'docker' } } })).toEqual([
    warning('cadvisor.runtime'),
  ]);
  expect(found({ redisExporter: { cpu: '10m' } })).toEqual([warning('redisExporter.cpu')]);
});

test('options of a component that is deployed, or switched off beside them, are none', () => {
  expect(found({ nodeExporter: { port: 9200 } })).toEqual([]);
  expect(found(autopilot)).toEqual([]);
  expect(found({ nodeAgents: none, nodeExporter: {} })).toEqual([]);
  expect(found({ nodeAgents: none, nodeExporter: { enabled: false, port: 9200 } })).toEqual([]);
  expect(
    found({ containerMetrics: 'cadvisor', cadvisor: { runtime: { kind: 'docker' } } }),
  ).toEqual([]);
});

test('an address of a component that is not deployed is a warning', () => {
  const proxy = { namespace: 'login', labels: { app: 'proxy' } };
  const exposure = {
    behindAuthProxy: {
      proxy,
      prometheus: 'https://prometheus.example.com',
      jaeger: 'https://jaeger.example.com',
    },
  };
  expect(found({ exposure })).toEqual([]);
  expect(found({ exposure, jaeger: { enabled: false } })).toEqual([
    warning('exposure.behindAuthProxy.jaeger'),
  ]);
});
