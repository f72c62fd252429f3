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

test('a server that takes long to start is given the time', () => {
  expect(found((container) => delete container.startupProbe)).toEqual([
    ['startupProbe', expect.stringMatching(/^A start may take \d+ seconds, and is given 0\.$/)],
  ]);
});
