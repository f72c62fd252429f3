import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { engineBinary } from '../engines/installation.js';
import { build, minimal } from '../environment.js';
import { canMakeMachine } from './node-machine.js';
import { shippedJob } from './scrape-job.js';

// A name server at port 53, in a network and with a resolv.conf of its own: only root can make these.

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-dns-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const zone = `$ORIGIN example.com.
@ 60 IN SOA ns hostmaster 1 60 60 60 60
_metrics._tcp 60 IN SRV 0 1 9105 one
_metrics._tcp 60 IN SRV 0 1 9106 two
_other._tcp 60 IN SRV 0 1 9107 one
one 60 IN A 192.0.2.1
two 60 IN A 192.0.2.2
`;

const script = `set -e
ip link set lo up
mount --bind resolv.conf /etc/resolv.conf
"$COREDNS" -conf Corefile >coredns.log 2>&1 &
# An answer takes the whole timeout, and has no targets while the name server starts.
until [[ $targets == *instance* ]]; do
  targets=$("$PROMTOOL" check service-discovery --timeout=2s prometheus.yml behind)
done
echo "$targets"`;

interface Target {
  readonly labels: Readonly<Record<string, string>>;
}

it.skipIf(!canMakeMachine)(
  'Prometheus finds the targets of an SRV name, each with the port of its record',
  async () => {
    const { manifests } = build({
      ...minimal,
      prometheus: {
        scrapeConfigs: [
          {
            ports: [9105, 9106],
            config: {
              job_name: 'behind',
              dns_sd_configs: [
                { names: ['_metrics._tcp.example.com'], type: 'SRV', refresh_interval: '1s' },
              ],
            },
          },
        ],
      },
    });
    const job = shippedJob(
      manifests.map(({ object }) => object),
      'behind',
    );
    const files = {
      Corefile: '.:53 {\n  bind 127.0.0.1\n  file zone example.com\n}\n',
      zone,
      'resolv.conf': 'nameserver 127.0.0.1\n',
      'prometheus.yml': stringify({ scrape_configs: [job] }),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const isolation = ['--net', '--mount', '--pid', '--fork', '--kill-child'];
    const { stdout } = await promisify(execFile)('unshare', [...isolation, 'bash', '-c', script], {
      cwd: folder,
      env: {
        ...process.env,
        COREDNS: await engineBinary('coredns'),
        PROMTOOL: await engineBinary('promtool'),
      },
      timeout: 60_000,
    });
    const targets: Target[] = JSON.parse(stdout);
    expect(targets.map(({ labels }) => labels.instance).sort()).toEqual([
      'one.example.com:9105',
      'two.example.com:9106',
    ]);
  },
  90_000,
);
