import { describe, expect, test } from 'vitest';
import { withChoice } from '../../src/cli/size/choice.js';
import type { Estimate } from '../../src/cli/size/estimate.js';
import { sizeText } from '../../src/cli/size/format.js';
import { mostNodes, sizeOfStack } from '../../src/cli/size/need.js';
import { build, minimal, withFewComponents } from '../environment.js';
import { wrongUsage } from './wrong-usage.js';

const options = { ...minimal, ...withFewComponents };
const at = (nodes: number, more: object = {}) =>
  sizeOfStack(
    build(
      withChoice(options, {
        cluster: { ...minimal.cluster, nodes, cores: 4, pods: nodes * 30 },
        ...more,
      }) as typeof options,
    ),
  );

describe('the nodes for which Prometheus is enough', () => {
  test.each([
    ['memory', { prometheus: { volume: '1Ti' } }],
    ['disk', { prometheus: { memory: '64Gi', memoryLimit: '64Gi', volume: '10Gi' } }],
  ] as const)('are limited by its %s', (limit, more) => {
    const { prometheus } = at(10, more);
    expect(prometheus?.limit).toBe(limit);
    const { enoughFor } = prometheus!;
    const fits = (nodes: number): boolean => {
      const { need, memory, disk } = at(nodes, more).prometheus!;
      return need.memory <= memory && need.disk <= disk!;
    };
    expect([fits(enoughFor), fits(enoughFor + 1)]).toEqual([true, false]);
  });

  test('are all that Kubernetes supports if nothing is lacking', () => {
    const { prometheus } = at(10, {
      prometheus: { memory: '900Gi', memoryLimit: '900Gi', volume: '90Ti' },
    });
    expect(prometheus).toMatchObject({ enoughFor: mostNodes });
    expect(prometheus).not.toHaveProperty('limit');
  });
});

test('a stack without Prometheus has requests only', () => {
  const size = at(10, { prometheus: { enabled: false }, grafana: { enabled: false } });
  expect(size.totals.cpu).toBeGreaterThan(0);
  expect(size).not.toHaveProperty('prometheus');
});

const estimate = (nodes: number): Estimate => ({
  environment: 'test',
  cluster: { nodes, cores: 4, pods: nodes * 30 },
  size: 'small',
  asIs: at(nodes),
  sizes: [
    { text: "size: 'medium'", of: at(nodes, { size: 'medium' }) },
    { text: "size: 'large'", of: { rejected: 'Two replicas need two nodes.' } },
  ],
  options: [{ text: 'loki: { enabled: true }', of: at(nodes, { loki: { enabled: true } }) }],
});

describe('the text', () => {
  test('has the needs, the presets, and what options change', () => {
    expect(sizeText(estimate(10))).toMatchInlineSnapshot(`
      "test (size: 'small'), in a cluster of 10 nodes with 4 cores each and 300 pods:

       Prometheus              needs     has
       series                   8362
       samples per second        279
       memory               165.33Mi   1.5Gi
       disk for 7 days      482.31Mi     8Gi

       requests and volumes of all pods    CPU    memory   volumes       Prometheus is enough for
       this environment                   460m    2.44Gi      12Gi               211 nodes (disk)
       size: 'medium'                     1.46   13.63Gi     211Gi               992 nodes (disk)
       size: 'large'                                                 Two replicas need two nodes.

       what an option changes     CPU   memory   volumes
       loki: { enabled: true }   +50m   +256Mi     +10Gi

      With 30 pods on each node, the disk of Prometheus is enough for 211 nodes.
      "
    `);
  });

  test('has the options to set if Prometheus is too small', () => {
    expect(sizeText(estimate(500)).split('\n').slice(-4)).toMatchInlineSnapshot(`
      [
        "",
        "Prometheus is enough for 211 nodes only: set size: 'medium', or prometheus.memory: '3Gi' and prometheus.volume: '24Gi'.",
        "A shorter prometheus.retention needs less disk, a longer prometheus.scrapeInterval too, and prometheus.keep stores fewer series.",
        "",
      ]
    `);
  });
});

test.each(['0', '-1', '1.5', 'ten'])('--nodes %s is wrong usage', async (nodes) => {
  expect(await wrongUsage('size', 'production', `--nodes=${nodes}`)).toContain(
    'Use a whole number above 0.',
  );
});
