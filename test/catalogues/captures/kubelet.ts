import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../engines/port.js';
import { startEngine } from '../../engines/process.js';
import { startContainerd } from '../../live/containerd.js';
import type { Capture } from '../capture.js';
import { kubernetesDocumentation } from '../kubernetes-documentation.js';
import { kubernetesReleases, newestKubernetes } from '../kubernetes-releases.js';
import { asItIs, type Observation } from '../observation.js';

/**
 * A kubelet without an API server, with a containerd: it runs no pods, but exposes its own metrics.
 */
const configuration = (folder: string, socket: string, health: number) => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  // cgroup v1 is rejected by default since 1.35, but some machines have only this version.
  failCgroupV1: false,
  authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
  authorization: { mode: 'AlwaysAllow' },
  address: '127.0.0.1',
  healthzPort: health,
  containerRuntimeEndpoint: `unix://${socket}`,
  // It must not change the machine.
  ...{ cgroupDriver: 'cgroupfs', cgroupsPerQOS: false, enforceNodeAllocatable: [] },
  ...{ makeIPTablesUtilChains: false, registerNode: false, failSwapOn: false },
  podLogsDir: join(folder, 'logs'),
  volumePluginDir: join(folder, 'plugins'),
});

const pages = { kubelet: '', 'kubelet-cadvisor': '/cadvisor', 'kubelet-probes': '/probes' };

export default {
  engine: 'kubelet',
  releases: kubernetesReleases,
  run: async (folder, release) => {
    const seen: Record<string, Observation[]> = {};
    if (release === (await newestKubernetes())) {
      const containerd = await startContainerd(join(folder, 'containerd'), { forKubelet: true });
      try {
        const config = join(folder, 'kubelet.json');
        const health = await freePort();
        writeFileSync(config, JSON.stringify(configuration(folder, containerd.socket, health)));
        const own = join(folder, 'kubelet');
        mkdirSync(own);
        const kubelet = await startEngine({
          binary: 'kubelet',
          folder: own,
          args: ({ port }) => [
            ...[`--config=${config}`, `--port=${port}`, '--read-only-port=0'],
            ...[`--root-dir=${join(own, 'root')}`, `--cert-dir=${join(own, 'pki')}`],
          ],
          readyPath: '/healthz',
          scheme: 'https',
        });
        try {
          await sleep(15_000);
          for (const [name, path] of Object.entries(pages)) {
            seen[name] = [await asItIs({ url: `${kubelet.url}/metrics${path}` })];
          }
        } finally {
          await kubelet.stop();
          // It bind-mounts its folder on itself with shared propagation.
          execFileSync('umount', [join(own, 'root')]);
        }
      } finally {
        await containerd.stop();
      }
    }
    return Object.fromEntries(
      await Promise.all(
        Object.entries(pages).map(async ([name, path]) => [
          name,
          {
            seen: seen[name] ?? [],
            documented: await kubernetesDocumentation(release, 'kubelet', `/metrics${path}`),
          },
        ]),
      ),
    );
  },
} satisfies Capture;
