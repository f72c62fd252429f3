import { execFileSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** A Loki on this machine. No package registry has it, so the user must provide it. */
export interface LokiInstallation {
  readonly binary: string;
  /** The version that the binary prints, such as `3.7.6`; empty if it was built without one. */
  readonly version: string;
}

/** How to provide a Loki, for the message of a skipped test. */
export const howToSupplyLoki = 'Set LOKI to the binary of a Loki, or put `loki` on the PATH.';

/**
 * The Loki in `LOKI`, or the first one on `PATH`.
 * Throws if `LOKI` is set and invalid, because the user expects that one to be used.
 */
export const findLoki = (
  env: Readonly<Record<string, string | undefined>> = process.env,
): LokiInstallation | undefined => {
  if (env.LOKI) {
    const found = installationAt(resolve(env.LOKI));
    if (found) return found;
    throw new Error(`LOKI=${env.LOKI}: no Loki here. It must be its binary.`);
  }
  const onPath = (env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'loki'));
  return onPath.flatMap((binary) => installationAt(binary) ?? [])[0];
};

const installationAt = (binary: string): LokiInstallation | undefined => {
  if (!isExecutable(binary)) return undefined;
  const version = versionOf(binary);
  return version === undefined ? undefined : { binary, version };
};

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

const versionOf = (binary: string): string | undefined => {
  const text = execFileSync(binary, ['-version'], { encoding: 'utf8', timeout: 30_000 });
  return /^loki, version (\S*)/m.exec(text)?.[1]?.replace(/^v/, '');
};
