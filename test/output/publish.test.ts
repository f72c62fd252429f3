import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Files, generatedMark } from '../../src/output/files.js';
import { publish } from '../../src/output/publish.js';
import { contentOf, fill, temporaryFolder } from './folder.js';

const filesOf = (text: string): Files => ({
  '20-app.yaml': `${text}\n`,
  Kustomization: `${generatedMark}\n`,
});

let out: string;
beforeEach(() => {
  out = join(temporaryFolder(), 'dist');
});

const stamps = (folder: string): number[] =>
  [folder, ...readdirSync(folder).map((name) => join(folder, name))].flatMap((path) => {
    const { ino, mtimeMs, ctimeMs } = statSync(path);
    return [ino, mtimeMs, ctimeMs];
  });

describe('an environment', () => {
  test('that is new is created, in an output folder that can also be new', () => {
    expect(publish(out, { one: filesOf('a') })).toEqual({ one: 'created' });
    expect(contentOf(out)).toEqual({
      'one/20-app.yaml': 'a\n',
      'one/Kustomization': `${generatedMark}\n`,
    });
  });

  test('with unchanged files is not written', () => {
    publish(out, { one: filesOf('a') });
    const before = stamps(join(out, 'one'));
    expect(publish(out, { one: filesOf('a'), two: filesOf('b') })).toEqual({
      one: 'unchanged',
      two: 'created',
    });
    expect(stamps(join(out, 'one'))).toEqual(before);
  });

  test('nothing is written if nothing changes', () => {
    publish(out, { one: filesOf('a') });
    const { mtimeMs } = statSync(out);
    publish(out, { one: filesOf('a') });
    expect(statSync(out).mtimeMs).toBe(mtimeMs);
  });

  test.each<[string, Files]>([
    ['another text', filesOf('b')],
    ['an additional file', { ...filesOf('a'), 'README.md': '' }],
    ['a missing file', { Kustomization: `${generatedMark}\n` }],
    ['a file with another name', { '30-app.yaml': 'a\n', Kustomization: `${generatedMark}\n` }],
  ])('with %s is replaced completely', (_, files) => {
    publish(out, { one: filesOf('a') });
    expect(publish(out, { one: files })).toEqual({ one: 'changed' });
    expect(contentOf(join(out, 'one'))).toEqual(files);
  });

  test('that no longer exists is removed', () => {
    publish(out, { one: filesOf('a'), two: filesOf('b') });
    expect(publish(out, { two: filesOf('b') })).toEqual({ one: 'removed', two: 'unchanged' });
    expect(readdirSync(out)).toEqual(['two']);
  });
});

describe('content that is not generated', () => {
  test('is kept next to the environments', () => {
    const foreign = {
      'notes.txt': 'mine',
      'charts/Kustomization': 'resources: []\n',
      'charts/values.yaml': '{}\n',
      'empty/.gitkeep': '',
      '.hidden/file': 'mine',
    };
    fill(out, foreign);
    publish(out, { one: filesOf('a') });
    publish(out, {});
    expect(contentOf(out)).toEqual(foreign);
  });

  test('is not replaced by an environment with the same name', () => {
    const foreign = { 'one/values.yaml': '{}\n' };
    fill(out, foreign);
    expect(() => publish(out, { one: filesOf('a'), two: filesOf('b') })).toThrow(
      `${join(out, 'one')} exists, but was not generated.`,
    );
    expect(contentOf(out)).toEqual(foreign);
  });
});

describe('a failure', () => {
  const before = { one: filesOf('a'), two: filesOf('b'), gone: filesOf('c') };

  test.each<[string, Record<string, Files>]>([
    // The folder of a file does not exist: this is like a full disk between two environments.
    ['while writing', { one: filesOf('x'), two: { ...filesOf('y'), 'no/folder.yaml': '' } }],
    // All files are written, and two environments are replaced, before the folder of the third is
    // not found.
    ['while replacing', { one: filesOf('x'), two: filesOf('y'), 'no/folder': filesOf('z') }],
  ])('%s changes nothing', (_, environments) => {
    publish(out, before);
    const content = contentOf(out);
    expect(() => publish(out, environments)).toThrow('ENOENT');
    expect(contentOf(out)).toEqual(content);
    expect(readdirSync(out).sort()).toEqual(['gone', 'one', 'two']);
  });

  test('that leaves a working folder is cleaned up by the next run', () => {
    publish(out, before);
    fill(out, { '.crowsnest/old/one/Kustomization': '', '.crowsnest/new/three/x': '' });
    expect(publish(out, { one: filesOf('x') })).toMatchObject({ one: 'changed', gone: 'removed' });
    expect(existsSync(join(out, '.crowsnest'))).toBe(false);
    expect(readdirSync(out)).toEqual(['one']);
  });
});
