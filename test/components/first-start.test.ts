import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { build, minimal } from '../environment.js';

const { manifests } = build(minimal);
const { object } = manifests.find(
  ({ object: { kind, metadata } }) =>
    kind === 'StatefulSet' && metadata.name === 'crowsnest-grafana',
)!;
const [maker] = object.spec.template.spec.initContainers;
const [shell, flag, script] = maker.command;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'first-start-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the script with a folder instead of the volume of Grafana. */
const start = () =>
  execFileSync('sh', ['-c', script.replaceAll('/var/lib/grafana', folder)], { encoding: 'utf8' });

const files = ['admin-password', 'secret-key'];
const at = (file: string) => join(folder, 'credentials', file);
const read = () => files.map((file) => readFileSync(at(file), 'utf8'));

test('the script runs in any POSIX shell', () => {
  expect([shell, flag]).toEqual(['/bin/sh', '-c']);
  execFileSync('sh', ['-n', '-c', script]);
});

test('the first start creates two different secrets of 32 random bytes, and prints neither', () => {
  expect(start()).toBe('');
  const [password, key] = read();
  expect(password).not.toBe(key);
  for (const secret of [password!, key!]) {
    expect(secret).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(Buffer.from(secret, 'base64')).toHaveLength(32);
  }
});

test('two first starts create different secrets', () => {
  start();
  const before = read();
  rmSync(join(folder, 'credentials'), { recursive: true });
  start();
  for (const [index, secret] of read().entries()) expect(secret).not.toBe(before[index]);
});

test('only Grafana can read them', () => {
  start();
  for (const file of files) expect(statSync(at(file)).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'credentials')).mode & 0o777).toBe(0o700);
});

test('a later start keeps them', () => {
  start();
  const [before, made] = [read(), files.map((file) => statSync(at(file)).mtimeMs)];
  start();
  expect(read()).toEqual(before);
  expect(files.map((file) => statSync(at(file)).mtimeMs)).toEqual(made);
});

test('a later start completes an interrupted one', () => {
  start();
  const [password] = read();
  rmSync(at('secret-key'));
  writeFileSync(at('secret-key.new'), 'half');
  start();
  expect(read()[0]).toBe(password);
  expect(read()[1]).toMatch(/^[A-Za-z0-9+/]{43}=$/);
});

test('an empty file does not count', () => {
  start();
  writeFileSync(at('admin-password'), '');
  start();
  expect(read()[0]).toHaveLength(44);
});

test('only grafana and the script mount the volume', () => {
  const mounts = object.spec.template.spec.containers[0].volumeMounts;
  expect(maker.volumeMounts).toEqual([{ name: 'data', mountPath: '/var/lib/grafana' }]);
  expect(mounts).toContainEqual({ name: 'data', mountPath: '/var/lib/grafana' });
});
