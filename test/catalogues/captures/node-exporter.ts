import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { startEngine } from '../../engines/process.js';
import { engineRelease } from '../../engines/release.js';
import { find, shipped } from '../../live/shipped.js';
import type { Capture } from '../capture.js';
import { asItIs } from '../observation.js';

interface Container {
  readonly name: string;
  readonly args: readonly string[];
}

export default {
  engine: 'node-exporter',
  releases: async () => [await engineRelease('node-exporter')],
  run: async (folder) => {
    const set = find(shipped('production'), 'DaemonSet', 'crowsnest-node-exporter');
    const containers: Container[] = set.spec.template.spec.containers;
    const args = containers.find(({ name }) => name === 'node-exporter')?.args ?? [];
    // The root of this machine in place of the mount of a node's.
    const host = join(folder, 'host');
    symlinkSync('/', host);
    const exporter = await startEngine({
      binary: 'node_exporter',
      args: ({ port }) =>
        args.map((arg) =>
          arg
            .replace(/^(--path\.\w+(?:\.\w+)?=)\/host/, `$1${host}`)
            .replace(/^(--web\.listen-address=127\.0\.0\.1):\d+$/, `$1:${port}`),
        ),
      readyPath: '/',
    });
    try {
      return { 'node-exporter': { seen: [await asItIs({ url: `${exporter.url}/metrics` })] } };
    } finally {
      await exporter.stop();
    }
  },
} satisfies Capture;
