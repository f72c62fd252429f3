import { setTimeout as sleep } from 'node:timers/promises';
import { startCluster } from '../../live/cluster.js';
import { startControlPlane } from '../../live/cluster-control-plane.js';
import type { Capture, Found } from '../capture.js';
import { askMuch, makeTraffic } from '../cluster-traffic.js';
import { kubernetesDocumentation } from '../kubernetes-documentation.js';
import { kubernetesReleases, newestKubernetes } from '../kubernetes-releases.js';
import { asItIs, type Observation, provoked } from '../observation.js';
import type { MetricsPage } from '../page.js';

const components = ['kube-apiserver', 'kube-scheduler', 'kube-controller-manager'];

/** The release that is not built as an engine. */
const documentedOnly = async (release: string): Promise<Record<string, Found>> =>
  Object.fromEntries(
    await Promise.all(
      components.map(async (component) => [
        component,
        { seen: [], documented: await kubernetesDocumentation(release, component) },
      ]),
    ),
  );

export default {
  releases: kubernetesReleases,
  run: async (folder, release) => {
    if (release !== (await newestKubernetes())) return documentedOnly(release);
    const cluster = await startCluster();
    try {
      const { scheduler, controllerManager, token, stop } = await startControlPlane(
        cluster,
        folder,
        [
          // Short, so that a node without status soon counts as lost.
          '--node-monitor-grace-period=10s',
          '--horizontal-pod-autoscaler-sync-period=5s',
        ],
      );
      const pageOf = ({ url }: { readonly url: string }) => ({ url: `${url}/metrics`, token });
      try {
        await sleep(5000);
        const before = {
          api: await asItIs(pageOf(cluster)),
          scheduler: await asItIs(pageOf(scheduler)),
          controllerManager: await asItIs(pageOf(controllerManager)),
        };
        await makeTraffic(cluster);
        await sleep(10_000);
        await askMuch(cluster);
        await cluster.kubectl([
          'delete',
          'deployment',
          'web',
          '--cascade=foreground',
          '--wait=false',
        ]);
        await cluster.kubectl(['create', 'namespace', 'passing']);
        await cluster.kubectl(['delete', 'namespace', 'passing', '--wait=false']);
        // A node without status is lost, and its pods are evicted.
        await sleep(90_000);
        const found = async (component: string, page: MetricsPage, first: Observation) => ({
          [component]: {
            seen: [first, await provoked(page)],
            documented: await kubernetesDocumentation(release, component),
          },
        });
        return {
          ...(await found('kube-apiserver', pageOf(cluster), before.api)),
          ...(await found('kube-scheduler', pageOf(scheduler), before.scheduler)),
          ...(await found(
            'kube-controller-manager',
            pageOf(controllerManager),
            before.controllerManager,
          )),
        };
      } finally {
        await stop();
      }
    } finally {
      await cluster.stop();
    }
  },
} satisfies Capture;
