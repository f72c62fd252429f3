import { describe, expect, test } from 'vitest';
import { componentSchema } from '../../src/config/component.js';
import { environmentSchema } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { isCredentialName, masked, withoutPasswords } from '../../src/model/credential.js';
import type { Finding } from '../../src/model/finding.js';
import { report } from '../../src/output/report.js';
import { remedyFor } from '../../src/schema/allowed.js';
import { full } from '../checks/full.js';
import { minimal } from '../environment.js';
import { alone, keysOf, put } from './place.js';
import { leavesOf } from './schema-leaf.js';
import { others, routed, valid } from './valid.js';
import {
  otherWrongValues,
  routedWrongValues,
  type WrongValue,
  wrongValues,
  wrongValuesOfComponents,
} from './wrong-values.js';

const componentValues = await wrongValuesOfComponents();

const findingsOf = (options: unknown): readonly Finding[] =>
  validate(options, 'test', 'environments/test.ts').findings;

const finding = (
  path: string | undefined,
  rest: Pick<Finding, 'value' | 'remedy' | 'suggestion'>,
) => ({
  code: 'config/invalid-value',
  severity: 'error',
  message: 'This value is not allowed.',
  place: { file: 'environments/test.ts', ...(path && { path }) },
  ...rest,
});

describe('a valid configuration', () => {
  test.each([
    ['a minimal one', minimal],
    ['one with every option', valid],
    ['one with the other alternatives', others],
    ['one with further ways to expose components', routed],
  ])('%s is valid', (_, options) => {
    expect(findingsOf(options)).toEqual([]);
  });

  test('has all defaults, and the name of its file', () => {
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

/** A value as a finding shows it: credentials are masked. */
const shown = (value: string, right: string, path: string): string =>
  right === reference ||
  right.startsWith('{ secret, key }') ||
  isCredentialName(String(keysOf(path).at(-1)).replace(/secret$/i, ''))
    ? masked
    : withoutPasswords(value);

describe('an invalid value', () => {
  const rowsOf = (root: object, values: readonly WrongValue[]) =>
    values.map(([path, value, right, meant]) => ({ root, path, value, right, meant }));
  const ofComponents = componentValues.flatMap(({ component, values }) =>
    rowsOf(
      { ...minimal, priorityClass: full.priorityClass, [component]: full[component] },
      values.map(([path, ...rest]) => [`${component}.${path}`, ...rest]),
    ),
  );
  const rows = [
    ...rowsOf(valid, wrongValues),
    ...rowsOf(others, otherWrongValues),
    ...rowsOf(routed, routedWrongValues),
    ...ofComponents,
  ];

  test.each(rows)('in $path is reported: $value', ({ root, path, value, right, meant }) => {
    const keys = keysOf(path);
    expect(findingsOf(put(alone(root, keys), keys, value))).toEqual([
      finding(path, {
        value: typeof value === 'string' ? shown(value, right, path) : value,
        remedy: remedyFor(right),
        ...(meant && { suggestion: meant }),
      }),
    ]);
  });

  test('is tested for every path of the schema', () => {
    const tried = rows.map(({ path }) => keysOf(path));
    // A component and a party share these schemas, an application has those of an offer, and all places are alike:
    // one row is enough. So are the logins and authorities of servers. Native parts
    // have tests of their own. The name of a file has a dot.
    const shared =
      /^components\.\*\.(name|endpoints|consumes|prerequisites)\b|^applications\.\*\.(metrics\.(?!port|path|scheme|http)|dependsOn|objectives)|^alerting\.templates\.\*$|^parties\.\*\.(consumes\.\*\.declares|endpoints\.\*\.offers\.\*\.headers)\b|(at|At|settingsAt\.\*)\.port$|^(otelGateway|logAgent)\.store\.(authentication\.(token|username|password)|certificateAuthority|at)\b|^(otelGateway|logAgent)\.config\.(processors|logProcessors|policies)\.|^loki\.config\.|^loki\.bucket\.(authentication\.(arn$|\w+\.(secret|key)$)|certificateAuthority|at)\b|^backup\.(password|bucket\.(authentication|certificateAuthority|at))\.|^logAgent\.namespaces\.only\b/;
    const leaves = [
      ...leavesOf(environmentSchema).filter((leaf) => leaf !== 'components.*'),
      // The schema of a component with options is in its definition.
      ...leavesOf(componentSchema, 'components.*'),
    ];
    const untried = leaves.filter((leaf) => {
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

describe('a configuration that is not an object', () => {
  test.each([[null], ['small'], [[]], [() => minimal]])(
    'is reported without a path: %s',
    (value) => {
      expect(findingsOf(value)).toEqual([
        finding(undefined, {
          value,
          remedy: 'Set it to an object with cluster, stage and size.',
        }),
      ]);
    },
  );
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

  test('are reported together, for combinations of options and for single options', () => {
    expect(`\n${report(findingsOf(several))}`).toMatchInlineSnapshot(`
      "
      environments/test.ts
        error cluster.apiServer.serviceAddress (config/missing-option)
          The option \`serviceAddress\` is required.
          Set it to an IP address such as '10.96.0.1'.
        error cluster.apiServer.endpointCidrs (config/missing-option)
          The option \`endpointCidrs\` is required.
          Set it to a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').
        error cluster.nodeCIDRs (config/unknown-option)
          Unknown option \`nodeCIDRs\` (value []).
          Use one of name, platform, nodeCidrs, apiServer, controlPlane, dns, kubelet, networkPlugin, nodes, cores, pods, storageClass. Did you mean 'nodeCidrs'?
        error size (config/invalid-value)
          This value is not allowed (value 'smal').
          Set it to 'small', 'medium' or 'large'. Did you mean 'small'?
        error exposure.grafana.tlsSecret (config/missing-option)
          The option \`tlsSecret\` is required.
          Set it to a name of lower-case letters and digits, with dashes and dots between them or an object with heldBy.
        error exposure.grafana.metricsPassword (config/missing-option)
          The option \`metricsPassword\` is required.
          Set it to an object with secret and key.
        error exposure.grafana.controller (config/missing-option)
          The option \`controller\` is required.
          Set it to an object whose kind is 'pods', 'addresses' or 'google-load-balancer'.
        error exposure.behindAuthProxy.proxy (config/missing-option)
          The option \`proxy\` is required.
          Set it to an object whose kind is 'pods', 'addresses' or 'google-load-balancer'.
        error parties[0].name (config/invalid-value)
          This value is not allowed (value 'Shop').
          Set it to a name of at most 40 lower-case letters and digits, with dashes between them.
        error parties[0].endpoints (config/missing-option)
          The option \`endpoints\` is required.
          Set it to an object.
        error parties[0].consumes (config/missing-option)
          The option \`consumes\` is required.
          Set it to a list, each item an object with capability and required.
        error parties[0].workloads (config/missing-option)
          The option \`workloads\` is required.
          Set it to an object.
        error parties[1] (config/invalid-value)
          This value is not allowed (value 'shop').
          Set it to an object with name, endpoints, consumes and workloads.
        error prometheus.retentoin (config/unknown-option)
          Unknown option \`retentoin\` (value '15d').
          Use one of enabled, cpu, memory, memoryLimit, priorityClass, volume, claimTemplate, replicas, retention, scrapeInterval, keep, externalLabels, remoteWrite, awsRole, remoteRead, alertmanagers, config, ruleObjects, otlp, queryLog, scrapeConfigs. Did you mean 'retention'?
        error cluster.storageClass (config/missing-option)
          The option \`storageClass\` is required.
          Set it to { name, expandable } of a StorageClass of the cluster: eks has no default class.
        error alerting (config/missing-option)
          The option \`alerting\` is required.
          Set it to { receivers: [{ kind: 'slack', name: 'team', url: { secret: 'alertmanager', key: 'slack' } }], defaultReceiver: 'team' } or similar: production requires notifications.
        error namespaces.nodeAgents (config/invalid-value)
          This value is not allowed (value 'one').
          Set it to a namespace other than that of the stack: the node agents need a privileged namespace.

      17 errors. Nothing was written.
      "
    `);
  });
});
