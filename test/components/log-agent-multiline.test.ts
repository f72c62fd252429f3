import { expect, test } from 'vitest';
import { build } from '../environment.js';
import { withLogs } from './with-logs.js';

const findingsOf = (logAgent: object) =>
  build({ ...withLogs, logAgent: { enabled: true, ...logAgent } }).findings;

const shop = { namespace: 'shop', firstLine: '\\d{4}' };

test.each([{ except: ['shop'] }, { only: ['blog'] }])(
  'joining the lines of a namespace that is not read is a warning: %j',
  (namespaces) => {
    expect(findingsOf({ namespaces, multiline: [shop] })).toMatchObject([
      { severity: 'warning', place: { path: 'logAgent.multiline[0].namespace' }, value: 'shop' },
    ]);
  },
);

test.each([{ except: ['blog'] }, { only: ['shop'] }, undefined])(
  'joining the lines of a namespace that is read is accepted: %j',
  (namespaces) => {
    expect(findingsOf({ namespaces, multiline: [shop] })).toEqual([]);
  },
);

test.each(['.*', '^.*$', '^', '.*?'])(
  'a first line that is every line is a warning: %s',
  (firstLine) => {
    expect(findingsOf({ multiline: [{ ...shop, firstLine }] })).toMatchObject([
      { severity: 'warning', place: { path: 'logAgent.multiline[0].firstLine' }, value: firstLine },
    ]);
  },
);

test('a first line that begins with any text is accepted', () => {
  expect(findingsOf({ multiline: [{ ...shop, firstLine: '.*ERROR' }] })).toEqual([]);
});

test('an empty first line, and an exception from the next entry, are accepted', () => {
  expect(findingsOf({ multiline: [{ ...shop, firstLine: '^$' }] })).toEqual([]);
  const sidecar = { container: 'proxy', firstLine: '.*' };
  expect(findingsOf({ multiline: [sidecar, shop] })).toEqual([]);
});
