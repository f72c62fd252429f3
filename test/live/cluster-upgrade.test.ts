import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { manifestFiles } from '../../src/output/files.js';
import { write } from '../../src/output/publish.js';
import { build, minimal } from '../environment.js';
import { type Cluster, startCluster } from './cluster.js';
import { apply, deploy, modes, prepare } from './cluster-apply.js';
import { folderOf } from './cluster-prerequisites.js';
import { environments, shipped } from './shipped.js';

const repository = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: repository, encoding: 'utf8', maxBuffer: 2 ** 27 }).trim();

/** The last commit whose `dist/` is another than that of the working tree. */
const previous = git('log', '--format=%h', '--', 'dist')
  .split('\n')
  .find((commit) => git('diff', '--name-only', commit, '--', 'dist') !== '');

if (!previous && git('rev-parse', '--is-shallow-repository') === 'true') {
  throw new Error('No commit with another dist/ is there: fetch the whole history.');
}

/** The environments that it shipped: none where this is the first `dist/` of the history. */
const upgraded = previous
  ? environments.filter((name) => git('ls-tree', '--name-only', `${previous}:dist`).includes(name))
  : [];

/** The folder of an environment as the previous commit shipped it. */
const before = (environment: string): string => {
  git('archive', `--output=${join(folder, 'dist.tar')}`, `${previous}`, 'dist');
  execFileSync('tar', ['-xf', 'dist.tar'], { cwd: folder });
  return join(folder, 'dist', environment);
};

describe('an API server with a small stack', () => {
  it('accepts the same stack in each larger size after it', async () => {
    const cluster = await startCluster();
    try {
      for (const size of ['small', 'medium', 'large'] as const) {
        const place = join(folder, size);
        // Claims grow in a test of their own: here none is bound, and only a bound one may.
        const objects = build({ ...minimal, size }).manifests.filter(
          ({ object }) => size === 'small' || object.kind !== 'PersistentVolumeClaim',
        );
        write(place, manifestFiles(objects));
        const { stderr, failed } = await apply(cluster, place);
        expect({ size, stderr, failed }).toEqual({ size, stderr: '', failed: false });
      }
    } finally {
      await cluster.stop();
    }
  });
});

describe.each(environments)('an API server with %s', (environment) => {
  let cluster: Cluster;
  beforeEach(async () => {
    cluster = await startCluster();
  });
  afterEach(() => cluster?.stop());

  if (upgraded.includes(environment)) {
    it.each(Object.entries(modes))(
      'accepts what ships after what the previous commit shipped, %s',
      async (_, flags) => {
        await prepare(cluster, environment, flags);
        for (const source of [before(environment), folderOf(environment)]) {
          const { stderr, failed } = await apply(cluster, source, flags);
          expect({ stderr, failed }).toEqual({ stderr: '', failed: false });
        }
      },
    );
  }

  it.each(Object.entries(modes))('accepts a growth of every claim, %s', async (_, flags) => {
    await deploy(cluster, environment, flags);
    const grown = shipped(environment).map((object) => {
      if (object.kind !== 'PersistentVolumeClaim') return object;
      const [, number, unit] = /^(\d+)(.*)$/.exec(object.spec.resources.requests.storage) ?? [];
      const requests = { storage: `${Number(number) * 2}${unit}` };
      return { ...object, spec: { ...object.spec, resources: { requests } } };
    });
    const claims = grown.filter(({ kind }) => kind === 'PersistentVolumeClaim');
    for (const { metadata } of claims) {
      const path = `/api/v1/namespaces/${metadata.namespace}/persistentvolumeclaims/${metadata.name}`;
      const body = { status: { phase: 'Bound', capacity: { storage: '1Gi' } } };
      await cluster.request({ method: 'PATCH', path: `${path}/status`, body });
    }
    const source = grown.map((object) => stringify(object)).join('---\n');
    const { stderr, failed } = await cluster.kubectl(['apply', ...flags, '-f', '-'], source);
    expect({ stderr, failed }).toEqual({ stderr: '', failed: false });
    for (const { metadata, spec } of claims) {
      const path = `/api/v1/namespaces/${metadata.namespace}/persistentvolumeclaims/${metadata.name}`;
      const { body } = await cluster.request({ path });
      expect(body.spec.resources.requests).toEqual(spec.resources.requests);
    }
  });
});
