import { join } from 'node:path';
import { podLogs } from '../../../src/components/log-agent/program.js';
import { freePort } from '../../engines/port.js';
import { engineRelease } from '../../engines/release.js';
import { containerLog } from '../../live/container-log.js';
import {
  agentMetric,
  agentObjects,
  agentPod,
  agentPorts,
  inJson,
  startAgent,
} from '../../live/log-agent-server.js';
import { startLogReceiver } from '../../live/log-receiver.js';
import { eventually } from '../../live/wait.js';
import type { Capture } from '../capture.js';
import { type Observation, provoked } from '../observation.js';

const objects = agentObjects();

/** Its own metrics after some lines, with a change of its configuration file, once the metric has a value. */
const observe = async (
  folder: string,
  port: number,
  metric: string,
  change: (text: string) => string = (text) => text,
): Promise<Observation> => {
  const ports = await agentPorts();
  const store = `http://127.0.0.1:${port}`;
  const pod = agentPod(objects, folder, ports, store, (text) => change(inJson(text)));
  const agent = await startAgent(pod, ports);
  const place = { namespace: 'shop', pod: 'web-0', uid: '0c0ffee0', container: 'web' };
  try {
    containerLog(pod.path(podLogs), place).write(...Array.from({ length: 5000 }, (_, n) => `${n}`));
    await eventually(metric, async () => (await agentMetric(ports, metric)) > 0 || undefined);
    return await provoked({ url: `http://127.0.0.1:${ports.get(8888)}/metrics` });
  } finally {
    await agent.stop();
  }
};

export default {
  engine: 'otel-collector',
  releases: async () => [await engineRelease('otel-collector')],
  run: async (folder) => {
    const port = await freePort();
    const receiver = await startLogReceiver(port);
    const at = (name: string) => join(folder, name);
    try {
      return {
        'log-agent': {
          seen: [
            await observe(at('usual'), port, 'otelcol_exporter_sent_log_records_total'),
            await observe(
              at('no-memory'),
              port,
              'otelcol_processor_memory_limiter_refused_log_records_total',
              (text) =>
                text
                  .replace('limit_percentage: 80', 'limit_mib: 2')
                  .replace('spike_limit_percentage: 20', 'spike_limit_mib: 1'),
            ),
            await observe(
              at('no-room'),
              await freePort(),
              'otelcol_exporter_enqueue_failed_log_records_total',
              (text) =>
                text
                  .replace(/max_size: \d{9}/, 'max_size: 65536')
                  .replace('on_rebound: true', 'on_rebound: false'),
            ),
            await observe(
              at('gives-up'),
              await freePort(),
              'otelcol_exporter_send_failed_log_records_total',
              (text) => text.replace(/(max_interval|max_elapsed_time): \S+/g, '$1: 1s'),
            ),
          ],
        },
      };
    } finally {
      await receiver.close();
    }
  },
} satisfies Capture;
