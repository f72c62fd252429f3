import { describe, expect, test } from 'vitest';
import type { EnvironmentOptions } from '../../src/config/environment.js';
import { loadModules } from '../../src/config/modules.js';
import { loadContent } from '../../src/content/load.js';
import type { Check } from '../../src/model/check.js';
import { build } from '../environment.js';
import { full } from './full.js';
import { inputOf } from './input.js';
import { proxied, raw } from './raw.js';

const [checks, environments, { content, findings }] = await Promise.all([
  loadModules('src/checks', 'checks'),
  loadModules('environments', 'config'),
  loadContent(['.']),
]);

const withoutAgents = {
  nodeAgents: { kind: 'none', reason: 'the nodes belong to somebody else' },
  containerMetrics: 'kubelet',
} as const;

const cases: [name: string, options: EnvironmentOptions][] = [
  ...environments.modules.map(({ name, value }): (typeof cases)[number] => [
    name,
    value as EnvironmentOptions,
  ]),
  ['full', full],
  [
    'full, behind a Gateway and with Docker',
    {
      ...full,
      cadvisor: { runtime: { kind: 'docker' } },
      exposure: {
        ...full.exposure,
        grafana: {
          kind: 'gateway',
          host: 'grafana.example.com',
          gateway: { namespace: 'edge', name: 'public', listener: 'https' },
          metricsPassword: full.exposure.grafana.metricsPassword,
          controller: full.exposure.grafana.controller,
        },
      },
    },
  ],
  ['without node agents', { ...full, ...withoutAgents }],
  ["in the engines' own words", raw],
  ["in the engines' own words, behind a proxy", proxied],
  ['full, on Cilium', { ...full, cluster: { ...full.cluster, networkPlugin: 'cilium' } }],
];

test('all checks, environments and content can be loaded', () => {
  expect([...checks.findings, ...environments.findings, ...findings]).toEqual([]);
  expect(checks.modules.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['reachability', 'references', 'schema', 'size', 'volumes']),
  );
  expect(environments.modules.length).toBeGreaterThan(1);
});

describe.each(cases)('in the environment %s', (_, options) => {
  const stack = build(options, content);

  test('the connections have no finding', () => {
    expect(stack.findings).toEqual([]);
    expect(stack.manifests.length).toBeGreaterThan(0);
  });

  test.each(checks.modules)('the check of $name has none either', ({ value }) => {
    expect((value as Check).run(inputOf(stack))).toEqual([]);
  });
});
