import { Resolver } from 'node:dns/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../engines/port.js';
import { startEngine } from '../../engines/process.js';
import { engineRelease } from '../../engines/release.js';
import { startCluster } from '../../live/cluster.js';
import type { Capture } from '../capture.js';
import { asItIs, provoked } from '../observation.js';

interface Places {
  readonly dns: number;
  readonly metrics: number;
  readonly health: number;
  readonly upstream: number;
  readonly kubeconfig: string;
}

/** The plugins that kubeadm configures. */
const corefile = ({ dns, metrics, health, upstream, kubeconfig }: Places): string => `
.:${dns} {
  bind 127.0.0.1
  errors
  health 127.0.0.1:${health}
  kubernetes cluster.local in-addr.arpa ip6.arpa {
    kubeconfig ${kubeconfig}
    pods insecure
    fallthrough in-addr.arpa ip6.arpa
  }
  prometheus 127.0.0.1:${metrics}
  forward . 127.0.0.1:${upstream} 127.0.0.1:1 {
    max_concurrent 1000
  }
  cache 30
  loop
  reload 2s
  loadbalance
}
.:${upstream} {
  bind 127.0.0.1
  hosts {
    192.0.2.1 example.com
  }
}
`;

export default {
  engine: 'coredns',
  releases: async () => [await engineRelease('coredns')],
  run: async (folder) => {
    const cluster = await startCluster();
    try {
      await cluster.kubectl(['create', 'serviceaccount', 'dns', '-n', 'default']);
      await cluster.kubectl([
        'create',
        'clusterrolebinding',
        'dns',
        '--clusterrole=cluster-admin',
        '--serviceaccount=default:dns',
      ]);
      const [dns, metrics, upstream] = [await freePort(), await freePort(), await freePort()];
      const kubeconfig = cluster.kubeconfig(folder, await cluster.token('default', 'dns'));
      const file = join(folder, 'Corefile');
      const engine = await startEngine({
        binary: 'coredns',
        args: ({ port: health }) => {
          writeFileSync(file, corefile({ dns, metrics, health, upstream, kubeconfig }));
          return ['-conf', file];
        },
        readyPath: '/health',
      });
      try {
        const page = { url: `http://127.0.0.1:${metrics}/metrics` };
        const before = await asItIs(page);
        const resolver = new Resolver({ timeout: 2000, tries: 1 });
        resolver.setServers([`127.0.0.1:${dns}`]);
        const names = ['kubernetes.default.svc.cluster.local', 'no.such.svc.cluster.local'];
        for (const name of [...names, ...Array(6).fill('example.com'), 'nobody.example']) {
          await resolver.resolve4(name).catch(() => undefined);
        }
        writeFileSync(file, 'nonsense {\n');
        await sleep(6000);
        return { coredns: { seen: [before, await provoked(page)] } };
      } finally {
        await engine.stop();
      }
    } finally {
      await cluster.stop();
    }
  },
} satisfies Capture;
