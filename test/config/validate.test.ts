import { describe, expect, test } from 'vitest';
import { environmentSchema } from '../../src/config/environment.js';
import { validate } from '../../src/config/validate.js';
import { masked } from '../../src/model/credential.js';
import type { Finding } from '../../src/model/finding.js';
import { report } from '../../src/output/report.js';
import { minimal } from '../environment.js';
import { keysOf, put } from './place.js';
import { leavesOf } from './schema-leaf.js';
import { others, valid } from './valid.js';
import { otherWrongValues, type WrongValue, wrongValues } from './wrong-values.js';

const findingsOf = (options: unknown): readonly Finding[] =>
  validate(options, 'test', 'environments/test.ts').findings;

const finding = (
  path: string | undefined,
  rest: Omit<Finding, 'check' | 'severity' | 'place'>,
) => ({
  check: 'config',
  severity: 'error',
  place: { file: 'environments/test.ts', ...(path && { path }) },
  ...rest,
});

describe('a right configuration', () => {
  test.each([
    ['the least', minimal],
    ['one with every option', valid],
    ['one with the other alternatives', others],
  ])('%s is valid', (_, options) => {
    expect(findingsOf(options)).toEqual([]);
  });

  test('has all defaults filled in, and the name of its file', () => {
    expect(validate(minimal, 'test', 'environments/test.ts').environment).toMatchObject({
      name: 'test',
      stack: 'crowsnest',
      stage: 'development',
      namespaces: { stack: 'crowsnest', nodeAgents: 'crowsnest-agents' },
      cluster: { networkPlugin: 'kubernetes', controlPlane: 'loopback' },
      prometheus: { scrapeInterval: '30s', externalLabels: {}, remoteWrite: [] },
      grafana: {},
      alertmanager: {},
      jaeger: { sampling: { default: 0.1, services: {} } },
      nodeAgents: { kind: 'deployed' },
      containerMetrics: 'kubelet',
      cadvisor: { runtime: { kind: 'containerd' } },
      nodeExporter: { port: 9100, protection: { kind: 'kube-rbac-proxy' } },
      pullSecrets: [],
      parties: [],
      components: [],
    });
  });
});

const reference = 'an object with secret and key';

describe('a value that is not allowed', () => {
  const rowsOf = (root: object, values: readonly WrongValue[]) =>
    values.map(([path, value, right, meant]) => ({ root, path, value, right, meant }));
  const rows = [...rowsOf(valid, wrongValues), ...rowsOf(others, otherWrongValues)];

  test.each(rows)('in $path is found: $value', ({ root, path, value, right, meant }) => {
    expect(findingsOf(put(root, keysOf(path), value))).toEqual([
      finding(path, {
        message: 'This value is not allowed.',
        // A credential that stands where a reference to a Secret is to stand is not shown.
        value: typeof value === 'string' && right === reference ? masked(value) : value,
        remedy: `Set it to ${right}.`,
        ...(meant && { suggestion: meant }),
      }),
    ]);
  });

  test('is tried in every place of the schema', () => {
    const tried = rows.map(({ path }) => keysOf(path));
    // What a component shares with a party is the same schema: one row is enough.
    const shared = /^components\.\*\.(name|endpoints|consumes|prerequisites)\b/;
    const untried = leavesOf(environmentSchema).filter((leaf) => {
      const parts = leaf.split('.');
      return !tried.some(
        (keys) =>
          keys.length === parts.length &&
          parts.every((part, index) => part === '*' || part === keys[index]),
      );
    });
    expect(untried.filter((leaf) => !shared.test(leaf))).toEqual([]);
  });
});

describe('a configuration that is no object', () => {
  test.each([[null], ['small'], [[]], [() => minimal]])('is found without a path: %s', (value) => {
    expect(findingsOf(value)).toEqual([
      finding(undefined, {
        message: 'This value is not allowed.',
        value,
        remedy: 'Set it to an object with cluster, stage and size.',
      }),
    ]);
  });
});

describe('all findings', () => {
  const several = {
    ...minimal,
    cluster: { ...minimal.cluster, platform: 'eks', nodeCIDRs: [], apiServer: {} },
    size: 'smal',
    namespaces: { stack: 'one', nodeAgents: 'one' },
    prometheus: { retentoin: '15d' },
    exposure: { grafana: { kind: 'ingress', host: 'grafana' }, behindAuthProxy: {} },
    stage: 'production',
    parties: [{ name: 'Shop' }, 'shop'],
  };

  test('come back at once, faults between options beside faults of single ones', () => {
    expect(`\n${report(findingsOf(several))}`).toMatchInlineSnapshot(`
      "
      environments/test.ts
        error cluster.apiServer.serviceAddress (config)
          This option is missing.
          Set it to an IP address such as '10.96.0.1'.
        error cluster.apiServer.endpointCidrs (config)
          This option is missing.
          Set it to a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').
        error cluster.nodeCIDRs (config)
          There is no such option. It is [].
          Use one of name, platform, nodeCidrs, apiServer, controlPlane, dns, networkPlugin, nodes, pods, storageClass. Did you mean 'nodeCidrs'?
        error size (config)
          This value is not allowed. It is 'smal'.
          Set it to 'small', 'medium' or 'large'. Did you mean 'small'?
        error prometheus.retentoin (config)
          There is no such option. It is '15d'.
          Use one of cpu, memory, memoryLimit, volume, replicas, retention, scrapeInterval, keep, externalLabels, remoteWrite, scrapeConfigs. Did you mean 'retention'?
        error exposure.grafana.ingressClass (config)
          This option is missing.
          Set it to a name of lower-case letters and digits, with dashes and dots between them.
        error exposure.grafana.tlsSecret (config)
          This option is missing.
          Set it to a name of lower-case letters and digits, with dashes and dots between them.
        error exposure.grafana.metricsPassword (config)
          This option is missing.
          Set it to an object with secret and key.
        error exposure.grafana.controller (config)
          This option is missing.
          Set it to an object with namespace and labels.
        error exposure.behindAuthProxy.proxy (config)
          This option is missing.
          Set it to an object with namespace and labels.
        error parties[0].name (config)
          This value is not allowed. It is 'Shop'.
          Set it to a name of at most 40 lower-case letters and digits, with dashes between them.
        error parties[0].endpoints (config)
          This option is missing.
          Set it to an object.
        error parties[0].consumes (config)
          This option is missing.
          Set it to a list, each item an object with capability and required.
        error parties[0].workloads (config)
          This option is missing.
          Set it to an object.
        error parties[1] (config)
          This value is not allowed. It is 'shop'.
          Set it to an object with name, endpoints, consumes and workloads.
        error cluster.storageClass (config)
          This option is missing.
          Set it to { name, expandable } of a class of the cluster's: eks has no default one.
        error alerting (config)
          This option is missing.
          Set it to { receivers: [{ kind: 'slack', name: 'team', url: { secret: 'alertmanager', key: 'slack' } }], defaultReceiver: 'team' } or the like: in production somebody is told of alerts.
        error namespaces.nodeAgents (config)
          This value is not allowed. It is 'one'.
          Set it to a namespace other than the stack’s: the node agents need a privileged one.

      18 errors. Nothing was written.
      "
    `);
  });
});
