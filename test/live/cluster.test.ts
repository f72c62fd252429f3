import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KubernetesObject, titleOf } from '../../src/model/manifest.js';
import { type Cluster, startCluster } from './cluster.js';
import { apply, modes, prepare } from './cluster-apply.js';
import { folderOf } from './cluster-prerequisites.js';
import { environments, shipped } from './shipped.js';

describe.each(environments)('a Kubernetes API server', (environment) => {
  describe.each(Object.entries(modes))(`with ${environment} applied %s`, (_, flags) => {
    let cluster: Cluster;
    beforeAll(async () => {
      cluster = await startCluster();
      await prepare(cluster, environment, flags);
    });
    afterAll(() => cluster?.stop());

    /** Every object of the environment as the API server has it, by its title. */
    const live = async (): Promise<Record<string, KubernetesObject>> => {
      const { stdout } = await cluster.kubectl([
        ...['get', '--show-managed-fields', '--output=json'],
        ...['-f', folderOf(environment)],
      ]);
      const { items }: { items: KubernetesObject[] } = JSON.parse(stdout);
      return Object.fromEntries(items.map((item) => [titleOf(item), withoutVersion(item)]));
    };

    it('accepts every object without an error or a warning', async () => {
      const { stdout, stderr, failed } = await apply(cluster, folderOf(environment), flags);
      expect({ stderr, failed }).toEqual({ stderr: '', failed: false });
      expect(stdout.trim().split('\n')).toHaveLength(shipped(environment).length);
    });

    it('has every object afterwards', async () => {
      const titles = shipped(environment).map(titleOf);
      expect(Object.keys(await live()).sort()).toEqual(titles.sort());
    });

    it('shows no difference to the applied objects', async () => {
      const { stdout, failed } = await cluster.kubectl([
        ...['diff', ...flags],
        ...['-f', folderOf(environment)],
      ]);
      expect({ stdout, failed }).toEqual({ stdout: '', failed: false });
    });

    it('changes nothing at a second apply', async () => {
      const before = await live();
      const { stderr, failed } = await apply(cluster, folderOf(environment), flags);
      expect({ stderr, failed }).toEqual({ stderr: '', failed: false });
      expect(await live()).toEqual(before);
    });
  });
});

/**
 * An object for comparisons: a claim without its version, because the API server writes any claim
 * again, with the same content, at the first server-side apply after its creation.
 */
const withoutVersion = (object: KubernetesObject): KubernetesObject =>
  object.kind === 'PersistentVolumeClaim'
    ? { ...object, metadata: { ...object.metadata, ...{ resourceVersion: '' } } }
    : object;
