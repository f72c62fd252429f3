import { expect, test } from 'vitest';
import { loaded } from './applications.js';

const monitor = (name: string, endpoint: string): string => `apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: ${name}
  namespace: shop
spec:
  selector: { matchLabels: { app: shop } }
  podMetricsEndpoints:
    - portNumber: 8080
      ${endpoint}
`;

const linesOf = (text: string) =>
  loaded({ 'shop.yaml': text }).findings.map(({ place: { line } }) => line);

test('a fault has the line of its own document and field', () => {
  const two = `${monitor('one', 'interval: 30 seconds')}---\n---\n${monitor('two', 'interval: 40 seconds')}`;
  expect(linesOf(two)).toEqual([10, 22]);
});

test('a fault has the line of its item of a list', () => {
  const items = ['one', 'two'].map((name) =>
    monitor(name, 'interval: 30 seconds').trimEnd().replaceAll('\n', '\n    '),
  );
  const list = `kind: List\nitems:\n${items.map((item) => `  - ${item}\n`).join('')}`;
  expect(linesOf(list)).toEqual([12, 22]);
});

test('no finding shows a literal credential', () => {
  const { findings } = loaded({
    'shop.yaml': monitor('one', 'basicAuth: { username: x, password: topsecretpw }'),
  });
  expect(findings).not.toEqual([]);
  expect(JSON.stringify(findings)).not.toContain('topsecret');
});

test.each(['constructor', '__proto__', 'toString'])(
  'an object of the kind %s is ignored',
  (kind) => {
    const text = `apiVersion: example.com/v1\nkind: ${kind}\nmetadata: { name: x }\n`;
    expect(loaded({ 'shop.yaml': text }).findings.map(({ code }) => code)).toEqual([
      'applications/no-monitor',
    ]);
  },
);
