import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

/** What a repository needs of the `package.json` of Crowsnest. */
export interface Manifest {
  readonly version: string;
  /** The tested versions of the peer dependencies, and of tools. */
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The `package.json` of Crowsnest, beside the content that ships, or above it in the package. */
export const manifestOf = (shipped: string): Manifest => {
  const [file = ''] = ['package.json', '../package.json']
    .map((name) => join(shipped, name))
    .filter((path) => existsSync(path));
  return JSON.parse(readFileSync(file, 'utf8'));
};

/** The `package.json` of a repository, with the pinned package: the archive, if it is in the folder. */
export const packageFile = (folder: string, { version, devDependencies }: Manifest): object => {
  const archive = `crowsnest-${version}.tgz`;
  const pinned = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, devDependencies[name]]));
  return {
    name: nameOf(folder),
    private: true,
    type: 'module',
    scripts: {
      synth: 'crowsnest synth',
      check: 'crowsnest check',
      test: 'crowsnest test',
      diff: 'crowsnest diff',
      types: 'tsc -p .',
    },
    dependencies: {
      ...pinned(['cdk8s', 'cdk8s-plus-28', 'constructs']),
      crowsnest: existsSync(join(folder, archive)) ? `file:${archive}` : version,
    },
    devDependencies: pinned(['typescript']),
  };
};

const nameOf = (folder: string): string =>
  basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'monitoring';
