import { expect, test } from 'vitest';
import probes from '../../src/checks/pods/probes.js';
import { build, minimal } from '../environment.js';
import { changed, inputOf, type Mutable } from './input.js';

const stack = build(minimal);
const prometheus = 'StatefulSet crowsnest/crowsnest-prometheus';

const found = (change: (container: Mutable) => unknown, title = prometheus) =>
  probes
    .run(changed(stack, title, ({ spec }: Mutable) => change(spec.template.spec.containers[0])))
    .map(({ place, fault }) => [
      place.path?.replace('spec.template.spec.containers[0].', ''),
      fault,
    ]);

test('the probes of a stack request the declared pages', () => {
  expect(probes.run(inputOf(stack))).toEqual([]);
});

test.each<[string, (container: Mutable) => unknown, string[]]>([
  [
    'another port',
    ({ livenessProbe }) => (livenessProbe.httpGet.port = 9091),
    ['livenessProbe.httpGet.port', 'undeclared-port'],
  ],
  [
    'another page',
    ({ readinessProbe }) => (readinessProbe.httpGet.path = '/-/raedy'),
    ['readinessProbe.httpGet.path', 'other-path'],
  ],
  [
    'another scheme',
    ({ livenessProbe }) => (livenessProbe.httpGet.scheme = 'HTTPS'),
    ['livenessProbe.httpGet.scheme', 'other-scheme'],
  ],
  [
    'no page',
    ({ livenessProbe }) => delete livenessProbe.httpGet.path,
    ['livenessProbe.httpGet.path', 'no-path'],
  ],
  [
    'too short a time',
    ({ livenessProbe }) => delete livenessProbe.failureThreshold,
    ['livenessProbe', 'gives-up-early'],
  ],
  [
    'too short a timeout',
    ({ readinessProbe }) => delete readinessProbe.timeoutSeconds,
    ['readinessProbe.timeoutSeconds', 'short-timeout'],
  ],
])('a probe with %s is reported', (_, change, finding) => {
  expect(found(change)).toEqual([finding]);
});

test('a probe of a port without health is reported', () => {
  const jaeger = 'StatefulSet crowsnest/crowsnest-jaeger';
  const ask = ({ livenessProbe }: Mutable) => (livenessProbe.httpGet.port = 16686);
  expect(found(ask, jaeger)).toEqual([['livenessProbe.httpGet.port', 'other-port']]);
});

test('a probe of a server that listens only on loopback must use that address', () => {
  const exporter = 'DaemonSet crowsnest-agents/crowsnest-node-exporter';
  expect(found(({ livenessProbe }) => delete livenessProbe.httpGet.host, exporter)).toEqual([
    ['livenessProbe.httpGet.host', 'loopback-only'],
  ]);
});

test.each([
  [prometheus, 300],
  ['StatefulSet crowsnest/crowsnest-jaeger', 60],
])('%s gets the time that a clean stop takes', (title, seconds) => {
  const stopping = (grace: number | undefined) =>
    probes
      .run(
        changed(stack, title, ({ spec }: Mutable) => {
          spec.template.spec.terminationGracePeriodSeconds = grace;
        }),
      )
      .map(({ place, fault }) => [place.path, fault]);
  const at = 'spec.template.spec.terminationGracePeriodSeconds';
  expect(stopping(seconds)).toEqual([]);
  expect(stopping(undefined)).toEqual([[at, 'stop-cut-off']]);
  expect(stopping(seconds - 1)).toHaveLength(1);
});

test('a server with a long start gets the time', () => {
  expect(found((container) => delete container.startupProbe)).toEqual([
    ['startupProbe', 'start-cut-off'],
  ]);
});
