import { join } from 'node:path';
import { freePort } from '../../engines/port.js';
import { startEngine } from '../../engines/process.js';
import { engineRelease } from '../../engines/release.js';
import type { Capture } from '../capture.js';
import { asItIs, provoked } from '../observation.js';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

export default {
  engine: 'etcd',
  releases: async () => [await engineRelease('etcd')],
  run: async (folder) => {
    const peer = `http://127.0.0.1:${await freePort()}`;
    const etcd = await startEngine({
      binary: 'etcd',
      args: ({ port }) => [
        `--data-dir=${join(folder, 'data')}`,
        `--listen-client-urls=http://127.0.0.1:${port}`,
        `--advertise-client-urls=http://127.0.0.1:${port}`,
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=default=${peer}`,
        '--snapshot-count=10',
      ],
      readyPath: '/readyz',
    });
    const ask = async (path: string, body: object): Promise<void> => {
      const options = { method: 'POST', body: JSON.stringify(body) };
      await (await fetch(`${etcd.url}/v3/${path}`, options)).text();
    };
    try {
      const page = { url: `${etcd.url}/metrics` };
      const before = await asItIs(page);
      for (let number = 0; number < 30; number += 1) {
        await ask('kv/put', { key: base64(`key ${number}`), value: base64('value') });
      }
      await ask('kv/range', { key: base64('key 1') });
      await ask('kv/deleterange', { key: base64('key 1') });
      await ask('kv/compaction', { revision: '5' });
      await ask('kv/txn', { success: [{ request_range: { key: base64('key 2') } }] });
      await ask('lease/grant', { TTL: '1', ID: '1' });
      await ask('maintenance/defragment', {});
      await ask('maintenance/hash', {});
      await ask('kv/range', { key: '' });
      return { etcd: { seen: [before, await provoked(page)] } };
    } finally {
      await etcd.stop();
    }
  },
} satisfies Capture;
