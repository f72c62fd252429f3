import { expect, test } from 'vitest';
import {
  type NodeExporterOptions,
  nodeExporter,
} from '../../src/components/node-exporter/node-exporter.js';
import { sizings } from '../../src/environment/sizing.js';
import { full } from '../checks/full.js';
import type { Whole } from '../checks/whole.js';
import { differences } from './review.js';
import { type Synthesis, synthesize } from './synthesis.js';

const { small } = sizings;

const least: NodeExporterOptions = {
  port: 9100,
  protection: { kind: 'kube-rbac-proxy', resources: small.nodeExporter.proxy },
  resources: small.nodeExporter,
};

const all: Whole<NodeExporterOptions> = {
  port: 9200,
  protection: {
    kind: 'kube-rbac-proxy',
    resources: { cpu: '30m', memory: '48Mi', memoryLimit: '80Mi' },
  },
  resources: { cpu: '50m', memory: '64Mi', memoryLimit: '256Mi' },
};

const plain: Whole<NodeExporterOptions> = {
  ...all,
  protection: { kind: 'plain', reason: 'a firewall in front of the nodes closes the port' },
};

const daemonSetOf = ({ objects }: Synthesis) => objects.find(({ kind }) => kind === 'DaemonSet')!;

test.each([
  ['default', synthesize(nodeExporter(least))],
  ['all', synthesize(nodeExporter(all), full)],
])('the manifests of node-exporter match the snapshot: %s', async (name, { review }) => {
  await expect(review).toMatchFileSnapshot(`./snapshots/node-exporter-${name}.yaml`);
});

test('without the proxy, only the exporter ships, with an open port', () => {
  const [one, other] = [all, plain].map(
    (options) => synthesize(nodeExporter(options), full).objects,
  );
  expect(differences(one!, other!)).toMatchInlineSnapshot(`
    "DaemonSet observability-agents/everything-node-exporter
      + metadata annotations crowsnest/exception-open-port: "9200: a firewall in front of the nodes closes the port"
      - spec template spec containers node-exporter args --web.listen-address=127.0.0.1:9200
      + spec template spec containers node-exporter args "--web.listen-address=[$(POD_IP)]:9200"
      + spec template spec containers node-exporter env POD_IP: { name: POD_IP, valueFrom: { fieldRef: { apiVersion: v1, fieldPath: status.podIP } } }
      - spec template spec containers node-exporter livenessProbe httpGet host
      - spec template spec containers node-exporter readinessProbe httpGet host
      + spec template spec containers node-exporter ports: [ { containerPort: 9200, name: metrics, protocol: TCP } ]
      - spec template spec containers kube-rbac-proxy
      - spec template spec volumes api-access
    - ClusterRole everything-node-exporter
    - ClusterRoleBinding everything-node-exporter"
  `);
});

test('behind the proxy, the exporter can be reached only from its node', () => {
  const [exporter, proxy] = daemonSetOf(synthesize(nodeExporter(least))).spec.template.spec
    .containers;
  expect(exporter.args[0]).toBe('--web.listen-address=127.0.0.1:9100');
  expect(exporter.ports).toBeUndefined();
  expect(proxy.args).toContain('--upstream=http://127.0.0.1:9100/');
  expect(proxy.args).toContain('--secure-listen-address=[$(POD_IP)]:9100');
});

test('without the proxy, the object has the open port with its reason', () => {
  const { metadata, spec } = daemonSetOf(synthesize(nodeExporter(plain)));
  expect(spec.template.spec.containers).toHaveLength(1);
  expect(metadata.annotations?.['crowsnest/exception-open-port']).toBe(
    '9200: a firewall in front of the nodes closes the port',
  );
});

test('without the proxy, it has no token and no role', () => {
  const { objects } = synthesize(nodeExporter(plain));
  expect(objects.map(({ kind }) => kind)).toEqual(['ServiceAccount', 'DaemonSet']);
});

test('every access to the host has a reason, and the host is mounted read-only', () => {
  const { metadata, spec } = daemonSetOf(synthesize(nodeExporter(least)));
  const { hostNetwork, hostPID, volumes, containers } = spec.template.spec;
  expect({ hostNetwork, hostPID }).toEqual({ hostNetwork: true, hostPID: true });
  expect(volumes.filter(({ hostPath }: { hostPath?: unknown }) => hostPath)).toHaveLength(1);
  expect(containers[0].volumeMounts).toMatchObject([{ name: 'root', readOnly: true }]);
  expect(Object.keys(metadata.annotations ?? {})).toEqual([
    'crowsnest/exception-host-network',
    'crowsnest/exception-host-path-root',
    'crowsnest/exception-host-pid',
  ]);
});
