import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../engines/port.js';
import { startEngine } from '../../engines/process.js';
import { engineRelease } from '../../engines/release.js';
import { startCluster } from '../../live/cluster.js';
import { deploy } from '../../live/cluster-apply.js';
import { find, shipped } from '../../live/shipped.js';
import { eventually } from '../../live/wait.js';
import type { Capture } from '../capture.js';
import { makeEveryKind } from '../every-kind.js';
import { asItIs, provoked } from '../observation.js';

const environment = 'production';

export default {
  engine: 'kube-state-metrics',
  releases: async () => [await engineRelease('kube-state-metrics')],
  run: async (folder) => {
    const [container] = find(shipped(environment), 'Deployment', 'crowsnest-kube-state-metrics')
      .spec.template.spec.containers;
    const cluster = await startCluster();
    try {
      await deploy(cluster, environment);
      await makeEveryKind(cluster);
      const token = await cluster.token('crowsnest', 'crowsnest-kube-state-metrics');
      const telemetry = await freePort();
      const engine = await startEngine({
        binary: 'kube-state-metrics',
        args: ({ port }) => [
          ...container.args,
          `--kubeconfig=${cluster.kubeconfig(folder, token)}`,
          '--host=127.0.0.1',
          `--port=${port}`,
          '--telemetry-host=127.0.0.1',
          `--telemetry-port=${telemetry}`,
        ],
        readyPath: container.readinessProbe.httpGet.path,
      });
      try {
        const page = { url: `${engine.url}/metrics` };
        const self = { url: `http://127.0.0.1:${telemetry}/metrics` };
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
