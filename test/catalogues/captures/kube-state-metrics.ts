import { setTimeout as sleep } from 'node:timers/promises';
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

export default {
  engine: 'kube-state-metrics',
  releases: async () => [await engineRelease('kube-state-metrics')],
  run: async (folder) => {
    const cluster = await startCluster();
    try {
      await deploy(cluster, environment);
      await makeEveryKind(cluster);
      const objects = shipped(environment);
      const { engine, telemetry } = await startKubeStateMetrics(objects, cluster, folder);
      try {
        const page = { url: `${engine.url}/metrics` };
        const self = { url: `${telemetry}/metrics` };
        await eventually('the pods are there', async () => {
          const text = await (await fetch(page.url)).text();
          return text.includes('\nkube_pod_owner{namespace="every-kind"') || undefined;
        });
        await sleep(3000);
        const told = await asItIs(page);
        const before = await asItIs(self);
        // Without the API server its lists and watches fail.
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
