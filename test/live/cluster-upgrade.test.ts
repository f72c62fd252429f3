import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { titleOf } from '../../src/model/manifest.js';
import { manifestFiles } from '../../src/output/files.js';
import { write } from '../../src/output/publish.js';
import { readme } from '../../src/output/readme.js';
import { build, minimal } from '../environment.js';
import { type Cluster, startCluster } from './cluster.js';
import { apply, deploy, modes, prepare } from './cluster-apply.js';
import { folderOf } from './cluster-prerequisites.js';
import { distAt, earlierCommits, git } from './earlier-dist.js';
import { environments, shipped } from './shipped.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The last commit whose `dist/` differs from that of the working tree. */
const [previous] = earlierCommits();

/** Its environments: none if this is the first `dist/` in the history. */
const upgraded = previous
  ? environments.filter((name) => git('ls-tree', '--name-only', `${previous}:dist`).includes(name))
  : [];

/** The folder of an environment in the previous commit. */
const before = (environment: string): string => join(distAt(`${previous}`, folder), environment);

describe('an API server with a small stack', () => {
  it('accepts the same stack in each larger size', async () => {
    const cluster = await startCluster();
    try {
      for (const size of ['small', 'medium', 'large'] as const) {
        const place = join(folder, size);
        // Another test enlarges claims: only a bound claim can grow, and here none is bound.
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

describe('an API server with a component that is disabled later', () => {
  it('has nothing of it but its claims after the commands of the generated README', async () => {
    const cluster = await startCluster();
    try {
      const place = join(folder, 'disabled');
      const small = { ...minimal, containerMetrics: 'cadvisor' } as const;
      write(place, manifestFiles(build(small).manifests));
      expect(await apply(cluster, place)).toMatchObject({ stderr: '', failed: false });
      const off = { enabled: false };
      const stack = build({ ...small, jaeger: off, kubeStateMetrics: off, cadvisor: off });
      const commands = [...readme(stack).matchAll(/^kubectl (.*delete (?!httproute).*)$/gm)];
      expect(commands).toHaveLength(3);
      for (const [, command = ''] of commands) {
        const args = [...command.matchAll(/'([^']+)'|(\S+)/g)].map(
          ([, quoted, bare]) => quoted ?? bare!,
        );
        const { stderr, failed } = await cluster.kubectl(args);
        expect({ command, stderr, failed }).toEqual({ command, stderr: '', failed: false });
      }
      const kept = new Set(stack.manifests.map(({ object }) => titleOf(object)));
      for (const { object } of build(small).manifests) {
        const { kind, metadata } = object;
        const expected = kept.has(titleOf(object)) || kind === 'PersistentVolumeClaim';
        const { failed } = await cluster.kubectl([
          ...(metadata.namespace ? ['-n', metadata.namespace] : []),
          'get',
          kind,
          metadata.name,
        ]);
        expect({ object: titleOf(object), exists: !failed }).toEqual({
          object: titleOf(object),
          exists: expected,
        });
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
      'accepts the new manifests after those of the previous commit, %s',
      async (_, flags) => {
        await prepare(cluster, environment, flags);
        for (const source of [before(environment), folderOf(environment)]) {
          const { stderr, failed } = await apply(cluster, source, flags);
          expect({ stderr, failed }).toEqual({ stderr: '', failed: false });
        }
      },
    );
  }

  it.each(Object.entries(modes))('accepts larger claims, %s', async (_, flags) => {
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
