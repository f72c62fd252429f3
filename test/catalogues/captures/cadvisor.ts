import { join } from 'node:path';
import { engineBinary } from '../../engines/installation.js';
import { engineRelease } from '../../engines/release.js';
import { startCadvisor } from '../../live/cadvisor-server.js';
import { startContainerd } from '../../live/containerd.js';
import { prometheusConfiguration } from '../../live/scrape-job.js';
import { shipped } from '../../live/shipped.js';
import { eventually } from '../../live/wait.js';
import type { Capture } from '../capture.js';
import { asItIs, type Observation } from '../observation.js';

const objects = shipped('staging');

/** The labels after the relabelling of the shipped job. */
const relabelled = ({ seen, families }: Observation): Observation => {
  const job = prometheusConfiguration(objects).scrape_configs.find(
    ({ job_name }) => job_name === 'cadvisor',
  );
  const steps = job?.metric_relabel_configs ?? [];
  const renamed = (label: string): string[] => {
    const step = steps.find(({ source_labels }) => source_labels?.[0] === label);
    if (step?.target_label) return [step.target_label];
    return steps.some(
      ({ action, regex }) => action === 'labeldrop' && new RegExp(`^(?:${regex})$`).test(label),
    )
      ? []
      : [label];
  };
  return {
    seen,
    families: families.map((family) => ({
      ...family,
      labels: new Set([...family.labels].flatMap(renamed)),
    })),
  };
};

export default {
  engine: 'cadvisor',
  releases: async () => [await engineRelease('cadvisor')],
  run: async (folder) => {
    const containerd = await startContainerd(join(folder, 'containerd'));
    try {
      const pod = { 'io.kubernetes.pod.namespace': 'shop', 'io.kubernetes.pod.name': 'cart-0' };
      const binary = await engineBinary('node_exporter');
      await containerd.run({
        binary,
        args: [],
        labels: {
          ...pod,
          'io.kubernetes.container.name': 'cart',
          'io.cri-containerd.kind': 'container',
        },
        limits: { memoryBytes: 64 * 1024 * 1024, cpuMilliseconds: 500 },
      });
      const sandbox = { ...pod, 'io.cri-containerd.kind': 'sandbox' };
      await containerd.run({ binary, args: [], network: true, labels: sandbox });
      const cadvisor = await startCadvisor(objects, containerd.socket);
      try {
        const url = `${cadvisor.url}/metrics`;
        await eventually('the containers exist', async () => {
          const text = await (await fetch(url)).text();
          return text.match(/^container_network_receive_bytes_total\{.*cart-0/m) ? true : undefined;
        });
        return { cadvisor: { seen: [relabelled(await asItIs({ url }))] } };
      } finally {
        await cadvisor.stop();
      }
    } finally {
      await containerd.stop();
    }
  },
} satisfies Capture;
