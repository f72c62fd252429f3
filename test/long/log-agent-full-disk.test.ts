import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { podLogs, stateFolder } from '../../src/components/log-agent/program.js';
import { freePort } from '../engines/port.js';
import { containerLog } from '../live/container-log.js';
import {
  agentMetric,
  agentObjects,
  agentPod,
  agentPorts,
  inJson,
  startAgent,
} from '../live/log-agent-server.js';
import { startLogReceiver } from '../live/log-receiver.js';
import { canMount, mountDisk } from '../live/small-disk.js';
import { eventually } from '../live/wait.js';

const padding = 'x'.repeat(900);

it.skipIf(!canMount)('an agent loses no line while its disk is full', async ({ annotate }) => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-long-'));
  const storePort = await freePort();
  const ports = await agentPorts();
  const place = { namespace: 'shop', pod: 'web-0', uid: '0c0ffee0', container: 'web' };
  const web = containerLog(join(folder, podLogs), place);
  let written = 0;
  const write = (count: number): void => {
    web.write(...Array.from({ length: count }, (_, index) => `${written + index} ${padding}`));
    written += count;
  };
  const disk = mountDisk(join(folder, stateFolder), 24);
  const pod = agentPod(
    agentObjects({ queue: '32Mi' }),
    folder,
    ports,
    `http://127.0.0.1:${storePort}`,
    inJson,
  );
  const agent = await startAgent(pod, ports);
  try {
    write(3000);
    const accepted = 'otelcol_receiver_accepted_log_records_total';
    await eventually(
      'lines are queued',
      async () => (await agentMetric(ports, accepted)) > 0 || undefined,
    );
    disk.fill();
    for (let round = 0; round < 10; round += 1) write(2000);
    const failed = 'otelcol_exporter_enqueue_failed_log_records_total';
    await eventually('no room', async () => (await agentMetric(ports, failed)) > 0 || undefined);
    const receiver = await startLogReceiver(storePort);
    try {
      disk.makeRoom();
      const numbers = () => receiver.lines.map(({ body }) => body.split(' ')[0]);
      await eventually('all lines', async () => new Set(numbers()).size === written || undefined);
      const twice = numbers().length - written;
      expect(twice).toBeGreaterThanOrEqual(0);
      await annotate(`${written} lines and a full disk: none lost, ${twice} twice.`, 'figure');
    } finally {
      await receiver.close();
    }
  } finally {
    await agent.stop();
    disk.unmount();
    rmSync(folder, { recursive: true, force: true });
  }
});
