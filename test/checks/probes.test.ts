import { expect, test } from 'vitest';
import probes from '../../src/checks/probes.js';
import { build, minimal } from '../environment.js';
import { changed, inputOf, type Spoilt } from './input.js';

const stack = build(minimal);
const prometheus = 'StatefulSet crowsnest/crowsnest-prometheus';

const found = (change: (container: Spoilt) => unknown, title = prometheus) =>
  probes
    .run(changed(stack, title, ({ spec }: Spoilt) => change(spec.template.spec.containers[0])))
    .map(({ place, message }) => [
      place.path?.replace('spec.template.spec.containers[0].', ''),
      message,
    ]);

test('the probes of a stack ask what is declared', () => {
  expect(probes.run(inputOf(stack))).toEqual([]);
});

test.each<[string, (container: Spoilt) => unknown, string[]]>([
  [
    'another port',
    ({ livenessProbe }) => (livenessProbe.httpGet.port = 9091),
    ['livenessProbe.httpGet.port', 'The container does not listen on this port.'],
  ],
  [
    'another page',
    ({ readinessProbe }) => (readinessProbe.httpGet.path = '/-/raedy'),
    ['readinessProbe.httpGet.path', 'This is not the page that is declared to tell of it.'],
  ],
  [
    'another scheme',
    ({ livenessProbe }) => (livenessProbe.httpGet.scheme = 'HTTPS'),
    ['livenessProbe.httpGet.scheme', 'The page is declared to be served otherwise.'],
  ],
  [
    'no page',
    ({ livenessProbe }) => delete livenessProbe.httpGet.path,
    ['livenessProbe.httpGet.path', 'The probe names no page.'],
  ],
  [
    'too soon',
    ({ livenessProbe }) => delete livenessProbe.failureThreshold,
    ['livenessProbe', 'It gives up after 30 seconds without an answer.'],
  ],
  [
    'without patience',
    ({ readinessProbe }) => delete readinessProbe.timeoutSeconds,
    ['readinessProbe.timeoutSeconds', 'It waits for an answer no longer than 1 second.'],
  ],
])('a probe that asks %s is found', (_, change, finding) => {
  expect(found(change)).toEqual([finding]);
});

test('a probe of a port that tells nothing of health is found', () => {
  const jaeger = 'StatefulSet crowsnest/crowsnest-jaeger';
  const ask = ({ livenessProbe }: Spoilt) => (livenessProbe.httpGet.port = 16686);
  expect(found(ask, jaeger)).toEqual([
    ['livenessProbe.httpGet.port', 'This port is not declared to tell of its health.'],
  ]);
});

test('a probe of a server that listens inside of its pod alone asks there', () => {
  const exporter = 'DaemonSet crowsnest-agents/crowsnest-node-exporter';
  expect(found(({ livenessProbe }) => delete livenessProbe.httpGet.host, exporter)).toEqual([
    ['livenessProbe.httpGet.host', 'The server listens inside of its pod alone.'],
  ]);
});

test.each([
  [prometheus, 300],
  ['StatefulSet crowsnest/crowsnest-jaeger', 60],
])('%s is given the time that a clean stop takes', (title, seconds) => {
  const stopping = (grace: number | undefined) =>
    probes
      .run(
        changed(stack, title, ({ spec }: Spoilt) => {
          spec.template.spec.terminationGracePeriodSeconds = grace;
        }),
      )
      .map(({ place, message }) => [place.path, message]);
  const at = 'spec.template.spec.terminationGracePeriodSeconds';
  expect(stopping(seconds)).toEqual([]);
  expect(stopping(undefined)).toEqual([
    [at, `A clean stop may take ${seconds} seconds, and is given 30.`],
  ]);
  expect(stopping(seconds - 1)).toHaveLength(1);
});

test('a server that takes long to start is given the time', () => {
  expect(found((container) => delete container.startupProbe)).toEqual([
    ['startupProbe', expect.stringMatching(/^A start may take \d+ seconds, and is given 0\.$/)],
  ]);
});
