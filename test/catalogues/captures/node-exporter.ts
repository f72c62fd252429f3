import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { startEngine } from '../../engines/process.js';
import { engineRelease } from '../../engines/release.js';
import { find, shipped } from '../../live/shipped.js';
import type { Capture } from '../capture.js';
import { writeMachine } from '../machine.js';
import { asItIs, type Observation } from '../observation.js';

interface Container {
  readonly name: string;
  readonly args: readonly string[];
}

/** Captures its page for `/proc` and `/sys` in a folder, with the shipped flags. */
const lookAt = async (host: string): Promise<Observation> => {
  const set = find(shipped('production'), 'DaemonSet', 'crowsnest-node-exporter');
  const containers: Container[] = set.spec.template.spec.containers;
  const args = containers.find(({ name }) => name === 'node-exporter')?.args ?? [];
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
    return await asItIs({ url: `${exporter.url}/metrics` });
  } finally {
    await exporter.stop();
  }
};

export default {
  engine: 'node-exporter',
  releases: async () => [await engineRelease('node-exporter')],
  run: async (folder) => {
    // The root of this machine instead of the mount of a node.
    const host = join(folder, 'host');
    symlinkSync('/', host);
    return { 'node-exporter': { seen: [await lookAt(host)] } };
  },
  onMachine: (folder, cpus) => {
    const host = join(folder, `machine-${cpus}`);
    writeMachine(host, cpus);
    return lookAt(host);
  },
} satisfies Capture;
