import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { prometheus } from '../../components/prometheus/definition.js';
import { writeNewFiles } from '../write-files.js';
import { repositoryFiles } from './files.js';
import { manifestOf } from './package.js';

/** Whether a folder has nothing yet, except what Git and `npm pack` write. */
export const isEmpty = (folder: string): boolean =>
  !existsSync(folder) || readdirSync(folder).every((name) => ours.test(name));

const ours = /^(?:\.git|crowsnest-[\d.]+\.tgz)$/;

/** Writes a user's own repository into an empty folder, without environments; returns its files. */
export const writeRepository = (folder: string, shipped: string): readonly string[] => {
  mkdirSync(folder, { recursive: true });
  const version = prometheus.images.prometheus!.tag.replace(/^v([\d.]+).*/, '$1');
  const files = repositoryFiles(folder, manifestOf(shipped), version);
  writeNewFiles(folder, files);
  return Object.keys(files);
};

/** Installs the packages, which writes the lock file that `npm ci` needs; returns whether it succeeds. */
export const installPackages = (folder: string): boolean =>
  spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: folder,
    // The standard output is for what the user asked for.
    stdio: ['ignore', 2, 2],
  }).status === 0;
