import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesObject } from '../../../src/model/manifest.js';
import { engineRelease } from '../../engines/release.js';
import { startCluster } from '../../live/cluster.js';
import { deploy } from '../../live/cluster-apply.js';
import { startKubeStateMetrics } from '../../live/kube-state-metrics-server.js';
import { shipped } from '../../live/shipped.js';
import { eventually } from '../../live/wait.js';
import type { Capture } from '../capture.js';
import { makeEveryKind } from '../every-kind.js';
import { asItIs, provoked } from '../observation.js';

const environment = 'production';

/** The shipped objects, but kube-state-metrics exposes all metrics: content may use any of them. */
const withoutList = (objects: readonly KubernetesObject[]): KubernetesObject[] =>
  structuredClone(objects).map((object) => {
    const [container] = object.spec?.template?.spec?.containers ?? [];
    if (container?.name === 'kube-state-metrics') {
      container.args = container.args.filter((arg: string) => !arg.includes('metric-allowlist'));
    }
    return object;
  });

export default {
  engine: 'kube-state-metrics',
  releases: async () => [await engineRelease('kube-state-metrics')],
  run: async (folder) => {
    const cluster = await startCluster();
    try {
      await deploy(cluster, environment);
      await makeEveryKind(cluster);
      const objects = withoutList(shipped(environment));
      const { engine, telemetry } = await startKubeStateMetrics(objects, cluster, folder);
      try {
        const page = { url: `${engine.url}/metrics` };
        const self = { url: `${telemetry}/metrics` };
        await eventually('the pods exist', async () => {
          const text = await (await fetch(page.url)).text();
          return text.includes('\nkube_pod_owner{namespace="every-kind"') || undefined;
        });
        await sleep(3000);
        const all = await asItIs(page);
        // A family without series has no labels, and some families have labels only with a flag.
        const told = { ...all, families: all.families.filter(({ series }) => series.size > 0) };
        const before = await asItIs(self);
        // Without the API server, its list and watch requests fail.
        await cluster.stop();
        await sleep(5000);
        return {
          'kube-state-metrics': { seen: [told] },
          'kube-state-metrics-self': { seen: [before, await provoked(self)] },
        };
      } finally {
        await engine.kill();
      }
    } finally {
      await cluster.stop();
    }
  },
} satisfies Capture;
