import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findGrafana } from './live/grafana-installation.js';
import { fill } from './output/folder.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-grafana-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A home folder with a program that prints a version. */
const homeWith = (name: string, program: string, prints: string): string => {
  const home = join(folder, name);
  fill(home, { 'conf/defaults.ini': '', [`bin/${program}`]: `#!/bin/sh\necho '${prints}'\n` });
  chmodSync(join(home, 'bin', program), 0o755);
  return home;
};
const recent = homeWith('recent', 'grafana', 'grafana version 13.2.0');
const old = homeWith('old', 'grafana-server', 'Version 8.5.1-pre (commit: NA, branch: main)');
const PATH = `${process.env.PATH}`;

it.each([
  ['a home folder', recent, 'grafana', recent, '13.2.0'],
  ['a binary', join(recent, 'bin/grafana'), 'grafana', recent, '13.2.0'],
  ['the home folder of an older release', old, 'grafana-server', old, '8.5.1-pre'],
])('GRAFANA can be %s', (_, path, program, home, version) => {
  const binary = join(home, 'bin', program);
  expect(findGrafana({ GRAFANA: path, PATH })).toEqual({ binary, home, version });
});

it('a Grafana on the PATH is found with its home folder', () => {
  const found = findGrafana({ PATH: `${join(folder, 'empty')}:${join(recent, 'bin')}:${PATH}` });
  expect(found).toEqual({ binary: join(recent, 'bin/grafana'), home: recent, version: '13.2.0' });
});

it('without GRAFANA and with an empty PATH, no Grafana is found', () => {
  expect(findGrafana({ PATH: '' })).toBeUndefined();
});

it('an invalid GRAFANA is an error with the allowed values', () => {
  expect(() => findGrafana({ GRAFANA: folder, PATH })).toThrow(
    /no Grafana here\. It must be a binary named grafana or grafana-server/,
  );
});
