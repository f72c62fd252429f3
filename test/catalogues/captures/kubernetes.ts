import { setTimeout as sleep } from 'node:timers/promises';
import { startCluster } from '../../live/cluster.js';
import type { Capture, Found } from '../capture.js';
import { askMuch, makeTraffic } from '../cluster-traffic.js';
import { startControlPlane } from '../control-plane.js';
import { kubernetesDocumentation } from '../kubernetes-documentation.js';
import { kubernetesReleases, newestKubernetes } from '../kubernetes-releases.js';
import { asItIs, type Observation, provoked } from '../observation.js';
import type { MetricsPage } from '../page.js';

const administrator = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'administrator' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ kind: 'ServiceAccount', namespace: 'kube-system', name: 'administrator' }],
};

const components = ['kube-apiserver', 'kube-scheduler', 'kube-controller-manager'];

/** The release that no engine is built of. */
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
      await cluster.kubectl(['create', 'serviceaccount', 'administrator', '-n', 'kube-system']);
      await cluster.kubectl(['create', '-f', '-'], JSON.stringify(administrator));
      const token = await cluster.token('kube-system', 'administrator');
      const pageOf = ({ url }: { readonly url: string }) => ({ url: `${url}/metrics`, token });
      const api = await asItIs(pageOf(cluster));
      const { scheduler, controllerManager, stop } = await startControlPlane(
        cluster,
        folder,
        token,
      );
      try {
        await sleep(5000);
        const before = {
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
        // A node that stays silent is given up, and what ran on it is evicted.
        await sleep(90_000);
        const found = async (component: string, page: MetricsPage, first: Observation) => ({
          [component]: {
            seen: [first, await provoked(page)],
            documented: await kubernetesDocumentation(release, component),
          },
        });
        return {
          ...(await found('kube-apiserver', pageOf(cluster), api)),
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
