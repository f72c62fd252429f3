import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new empty folder, which is removed after the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** The content of a file, or where a symbolic link points to. */
export type FileContent = string | Buffer | { readonly linkTo: string };

/** Writes files by their paths in a folder, and returns the folder. */
export const fill = (folder: string, files: Readonly<Record<string, FileContent>>): string => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (typeof text === 'object' && 'linkTo' in text) symlinkSync(text.linkTo, join(folder, path));
    else writeFileSync(join(folder, path), text);
  }
  return folder;
};

/** All files in a folder, by their paths, with their bytes as text. */
export const contentOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'latin1')]),
  );
