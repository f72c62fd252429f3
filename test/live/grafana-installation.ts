import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';

/** A Grafana on this machine. No package registry has its server, so the user must provide it. */
export interface GrafanaInstallation {
  /** `grafana`, or `grafana-server` of older releases. */
  readonly binary: string;
  /** The folder with `conf` and `public`. */
  readonly home: string;
  /** The version that the binary prints, such as `13.2.0`. */
  readonly version: string;
}

/** How to provide a Grafana, for the message of a skipped test. */
export const howToSupplyGrafana =
  'Set GRAFANA to the home folder or the binary of a Grafana, or put `grafana` on the PATH.';

const names = ['grafana', 'grafana-server'];

/**
 * The Grafana in `GRAFANA`, or the first one on `PATH`.
 * Throws if `GRAFANA` is set and invalid, because the user expects that one to be used.
 */
export const findGrafana = (
  env: Readonly<Record<string, string | undefined>> = process.env,
): GrafanaInstallation | undefined => {
  if (env.GRAFANA) {
    const found = installationAt(resolve(env.GRAFANA));
    if (found) return found;
    throw new Error(
      `GRAFANA=${env.GRAFANA}: no Grafana here. It must be a binary named ${names.join(' or ')}, or a home folder with such a binary in bin/, and with conf/defaults.ini and public/.`,
    );
  }
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return onPath.flatMap((binary) => installationAt(binary) ?? [])[0];
};

const installationAt = (path: string): GrafanaInstallation | undefined => {
  if (!existsSync(path)) return undefined;
  const binary = statSync(path).isDirectory()
    ? names.map((name) => join(path, 'bin', name)).find(isExecutable)
    : isExecutable(path) && names.includes(basename(path))
      ? path
      : undefined;
  if (!binary) return undefined;
  // The Debian package has its binary in /usr/sbin, apart from its home.
  const real = realpathSync(binary);
  const homes = [path, dirname(dirname(real)), dirname(real), '/usr/share/grafana'];
  const home = homes.find((folder) => existsSync(join(folder, 'conf/defaults.ini')));
  const version = home && versionOf(binary, home);
  return version ? { binary, home, version } : undefined;
};

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

const versionOf = (binary: string, home: string): string | undefined => {
  const text = execFileSync(binary, ['-v'], { cwd: home, encoding: 'utf8', timeout: 30_000 });
  return /\b\d+\.\d+\.\d+[\w.+-]*/.exec(text)?.[0];
};
