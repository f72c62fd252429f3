import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { podTemplateIn } from '../../src/model/pod-template.js';
import { engineBinary } from '../engines/installation.js';
import { build, minimal } from '../environment.js';
import { layOutPod } from './pod.js';

// A sysctl in a network namespace, and a process without capabilities: only root can make these.

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-icmp-'));
// The user of the pod reads its configuration.
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the exporter as the user of the pod, and prints the result of a probe of the loopback interface. */
const script = `set -e
ip link set lo up
if [ -n "$RANGE" ]; then echo "$RANGE" >/proc/sys/net/ipv4/ping_group_range; fi
setpriv --reuid "$USER_ID" --regid "$GROUP_ID" --clear-groups --bounding-set=-all --no-new-privs "$EXPORTER" "$@" >exporter.log 2>&1 &
timeout 30 node probe.js || { cat exporter.log >&2; exit 1; }`;

const client = `const url = 'http://127.0.0.1:9115/probe?module=ping&target=127.0.0.1';
const probe = async () => {
  const text = await (await fetch(url)).text();
  console.log(/^probe_success (\\d)$/m.exec(text)[1]);
};
const attempt = () => probe().catch(() => setTimeout(attempt, 50));
attempt();
`;

describe.skipIf(process.getuid?.() !== 0)('an ICMP probe, as the user of the pod', () => {
  const objects = build({
    ...minimal,
    blackboxExporter: {
      modules: { ping: { prober: 'icmp', timeout: '2s' } },
      icmp: 'routers answer nothing else',
      probes: [{ target: '192.0.2.1', module: 'ping' }],
    },
  }).manifests.map(({ object }) => object);
  const workload = { kind: 'Deployment', name: 'crowsnest-blackbox-exporter' };
  const { spec } = podTemplateIn(
    objects.find(
      ({ kind, metadata }) => kind === workload.kind && metadata.name === workload.name,
    )!,
  );
  beforeAll(() => writeFileSync(join(folder, 'probe.js'), client));

  const probe = async (range: string): Promise<string> => {
    const { args } = layOutPod(objects, workload, 'blackbox-exporter', join(folder, 'pod'));
    const { runAsUser, runAsGroup } = spec.containers[0].securityContext;
    const isolation = ['--net', '--pid', '--fork', '--kill-child'];
    const { stdout } = await promisify(execFile)(
      'unshare',
      [...isolation, 'bash', '-c', script, 'bash', ...args],
      {
        cwd: folder,
        env: {
          ...process.env,
          EXPORTER: await engineBinary('blackbox_exporter'),
          USER_ID: `${runAsUser}`,
          GROUP_ID: `${runAsGroup}`,
          RANGE: range,
        },
        timeout: 60_000,
      },
    );
    return stdout.trim();
  };

  it('succeeds with the sysctl of the pod, without any capability', async () => {
    const [sysctl] = spec.securityContext.sysctls;
    expect(await probe(sysctl.value)).toBe('1');
  });

  it('fails without the sysctl', async () => {
    expect(await probe('')).toBe('0');
  });
});
