import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runDiff } from '../../src/cli/diff/run.js';
import { importModule } from '../../src/config/modules.js';
import { compareLive } from '../../src/diff/live/compare-live.js';
import { NotAllowed, type Send } from '../../src/diff/live/request.js';
import { sums } from '../../src/diff/tally.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { lines } from '../diff/pair.js';
import { repository } from '../output/command.js';
import { temporaryFolder } from '../output/folder.js';
import { type Cluster, startCluster } from './cluster.js';
import { deploy, modes } from './cluster-apply.js';
import { environments, shipped } from './shipped.js';

let cluster: Cluster;
beforeEach(async () => {
  cluster = await startCluster();
});
afterEach(() => cluster?.stop());

const send: Send = (request) => cluster.request({ ...request, patch: 'apply-patch+yaml' });

/** A copy of the manifests, with a change of the object of a kind and name. */
const changed = (
  objects: readonly KubernetesObject[],
  kind: string,
  name: string,
  // biome-ignore lint/suspicious/noExplicitAny: an object as it ships
  change: (object: any) => void,
): KubernetesObject[] => {
  const copies = structuredClone(objects) as KubernetesObject[];
  const [found] = copies.filter((one) => one.kind === kind && one.metadata.name === name);
  if (!found) throw new Error(`There is no ${kind} ${name}.`);
  change(found);
  return copies;
};

describe.each(environments)('a cluster with %s', (environment) => {
  const objects = shipped(environment);

  it.each(Object.entries(modes))(
    'applied %s, has no difference, and then exactly those of a change',
    async (_, flags) => {
      await deploy(cluster, environment, flags);
      const same = { isNew: false, changes: [], unlisted: [] };
      expect(await compareLive(objects, send)).toEqual(same);

      const image = (object: KubernetesObject) => {
        const [container] = object.spec.template.spec.containers;
        container.image = container.image.replace(/:.*/, ':v9.9.9');
      };
      const without = changed(objects, 'Deployment', 'crowsnest-blackbox-exporter', image);
      const next = changed(without, 'StatefulSet', 'crowsnest-grafana', ({ spec }) => {
        const [container] = spec.template.spec.containers;
        container.env = container.env.filter(({ name }: { name: string }) => name !== 'GOMEMLIMIT');
      }).filter(({ kind, metadata }) => `${kind} ${metadata.name}` !== 'Service crowsnest-jaeger');
      const { changes, ...rest } = await compareLive(next, send);
      expect(rest).toEqual({ isNew: false, unlisted: [] });
      expect(lines(changes, 'images')).toEqual([
        expect.stringMatching(/^changed .*blackbox-exporter: version v.* → v9\.9\.9$/),
      ]);
      expect(lines(changes, 'workloads').sort()).toEqual([
        'changed Deployment crowsnest/crowsnest-blackbox-exporter restarts: image of blackbox-exporter',
        expect.stringMatching(
          /^changed StatefulSet crowsnest\/crowsnest-grafana restarts: env\[GOMEMLIMIT\] of grafana /,
        ),
      ]);
      expect(lines(changes, 'objects')).toEqual(['removed Service crowsnest/crowsnest-jaeger: ']);
      expect(changes).toHaveLength(4);
      // Nothing was stored.
      expect(await compareLive(objects, send)).toEqual(same);
    },
  );
});

describe('a cluster', () => {
  const [environment = ''] = environments;
  const objects = shipped(environment);

  it('without the stack has all of it as new', async () => {
    const { isNew, changes } = await compareLive(objects, send);
    expect(isNew).toBe(true);
    const others = changes.filter(({ kind, effect }) => kind !== 'added' && !effect);
    expect(others.map(({ subject }) => subject)).toEqual([sums.resources]);
  });

  it('rejects a change of an immutable field, and says why', async () => {
    await deploy(cluster, environment);
    const next = changed(objects, 'StatefulSet', 'crowsnest-prometheus', ({ spec }) => {
      spec.serviceName = 'another';
    });
    const { changes } = await compareLive(next, send);
    expect(lines(changes, 'workloads')).toEqual([
      expect.stringMatching(
        /^changed StatefulSet crowsnest\/crowsnest-prometheus is rejected: .*spec.serviceName: Invalid value: "another": field is immutable/,
      ),
    ]);
    expect(changes).toHaveLength(1);
  });

  it('without the permission for a dry run is no difference, but an error', async () => {
    await deploy(cluster, environment);
    const token = await cluster.token('crowsnest', 'crowsnest-grafana');
    const asDefault: Send = (request) =>
      cluster.request({ ...request, token, patch: 'apply-patch+yaml' });
    await expect(compareLive(objects, asDefault)).rejects.toThrow(NotAllowed);
  });

  it('of a kubeconfig is compared by the command', async () => {
    await deploy(cluster, environment);
    vi.stubEnv('KUBECONFIG', cluster.kubeconfig(temporaryFolder(), 'administrator'));
    const told = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      vi.spyOn(process[name], 'write').mockImplementation((text) => {
        told[name] += text;
        return true;
      });
    }
    try {
      const runtime = {
        shipped: repository,
        load: importModule,
        importPackage: (name: string) => import(name),
        forget: () => undefined,
        version: '0',
      };
      expect(await runDiff([environment], { cluster: true, exitCode: true }, runtime)).toBe(true);
    } finally {
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
    }
    expect(told).toEqual({
      stdout: `${environment}: no change\n`,
      stderr: `Comparing with the context live (${cluster.url}).\n`,
    });
  });
});
