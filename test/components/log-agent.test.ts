import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import configuration from '../../src/checks/files/configuration.js';
import podSecurity from '../../src/checks/pods/pod-security.js';
import resources from '../../src/checks/pods/resources.js';
import { type LogAgentOptions, logAgent } from '../../src/components/log-agent/log-agent.js';
import { logStore } from '../../src/components/log-agent/store.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { sizings } from '../../src/environment/sizing.js';
import { offer } from '../../src/model/offer.js';
import type { Party } from '../../src/model/party.js';
import { changed, inputOf, type Mutable, manifestOf } from '../checks/input.js';
import type { Whole } from '../checks/whole.js';
import { build, minimal } from '../environment.js';
import options from './options/log-agent.js';
import { synthesize } from './synthesis.js';
import { outsideLoki, withLogs } from './with-logs.js';

type Choices = Required<Pick<LogAgentOptions, 'namespaces' | 'multiline' | 'processors'>>;

const least: LogAgentOptions = { size: sizings.small.logAgent };
const all: Whole<Omit<LogAgentOptions, keyof Choices>> & Choices = {
  size: { cpu: '50m', memory: '96Mi', memoryLimit: '512Mi', queue: '2Gi' },
  runtime: options.runtime,
  seLinuxType: options.seLinuxType,
  store: options.store,
  namespaces: options.namespaces,
  multiline: options.multiline,
  processors: options.config.processors,
};

test.each<[string, LogAgentOptions]>([
  ['default', least],
  ['all', all],
])('the manifests of log-agent match the snapshot: %s', async (name, one) => {
  const { review } = synthesize(logAgent(one), minimal, [
    one.store ? logStore(one.store) : outsideLoki,
  ]);
  await expect(review).toMatchFileSnapshot(`./snapshots/log-agent-${name}.yaml`);
});

const stack = build(withLogs);
const title = 'DaemonSet crowsnest-agents/crowsnest-log-agent';
const configTitle = 'ConfigMap crowsnest-agents/crowsnest-log-agent-config';
const fileOf = (of: typeof stack): Mutable =>
  parse(manifestOf(of, configTitle).object.data['config.yaml']);
const withOptions = (logAgent: EnvironmentOptions['logAgent']) =>
  build({ ...withLogs, logAgent: { enabled: true, ...logAgent } });

describe('the pods', () => {
  const { metadata, spec }: Mutable = manifestOf(stack, title).object;
  const pod = spec.template.spec;
  const [container] = pod.containers;

  test('run as root without privileges, capabilities and the host network, with reasons', () => {
    expect(container.securityContext).toMatchObject({
      runAsUser: 0,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC'])
      expect(pod).not.toHaveProperty(field);
    expect(Object.keys(metadata.annotations).sort()).toEqual(
      ['host-path-pod-logs', 'host-path-state', 'host-write-state', 'root'].map(
        (name) => `crowsnest/exception-${name}`,
      ),
    );
  });

  test('write only to a folder of their own, which the kubelet creates', () => {
    const writable = container.volumeMounts.filter(({ readOnly }: Mutable) => !readOnly);
    expect(writable.map(({ name }: Mutable) => name)).toEqual(['state']);
    expect(pod.volumes).toContainEqual({
      name: 'state',
      hostPath: { path: '/var/lib/crowsnest-log-agent', type: 'DirectoryOrCreate' },
    });
  });

  test('of another stack have another folder: two processes cannot use one file', () => {
    const other: Mutable = manifestOf(
      build({ ...withLogs, stack: 'other' }),
      'DaemonSet other-agents/other-log-agent',
    ).object;
    const paths = other.spec.template.spec.volumes.map(({ hostPath }: Mutable) => hostPath?.path);
    expect(paths).toContain('/var/lib/other-log-agent');
  });

  test('have no access to the Kubernetes API', () => {
    expect(JSON.stringify(pod.volumes)).not.toContain('serviceAccountToken');
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  test('pass the checks of pods and files', () => {
    for (const check of [podSecurity, resources, configuration])
      expect(check.run(inputOf(stack))).toEqual([]);
  });

  test('need a reason to write to the node, and no folder that is read may be created', () => {
    const unexcused = changed(stack, title, (object) => {
      delete object.metadata.annotations['crowsnest/exception-host-write-state'];
      object.spec.template.spec.volumes[1].hostPath.type = 'DirectoryOrCreate';
    });
    expect(podSecurity.run(unexcused).map(({ fault }) => fault)).toEqual(['writable-host-path']);
    expect(resources.run(unexcused).map(({ fault, value }) => [fault, value])).toEqual([
      ['host-path-type', 'DirectoryOrCreate'],
    ]);
  });

  test('have the SELinux type that OpenShift needs, with a reason, and none elsewhere', () => {
    const on = (one: EnvironmentOptions['logAgent']) =>
      manifestOf(withOptions(one), title).object as Mutable;
    expect(pod.securityContext).not.toHaveProperty('seLinuxOptions');
    const { metadata: set, spec: of } = on({ seLinuxType: 'spc_t' });
    expect(of.template.spec.securityContext.seLinuxOptions).toEqual({ type: 'spc_t' });
    expect(set.annotations['crowsnest/exception-se-linux']).toMatch(/^spc_t: \w/);
    const openshift = build({
      ...withLogs,
      nodeExporter: { port: 9110 },
      cluster: {
        ...minimal.cluster,
        platform: 'openshift',
        storageClass: { name: 'fast', expandable: true },
      },
    });
    const pods: Mutable = manifestOf(openshift, title).object;
    expect(pods.spec.template.spec.securityContext.seLinuxOptions).toEqual({ type: 'spc_t' });
  });
});

describe('connections', () => {
  const linesOf = ({ connections }: typeof stack): string[] => {
    const own = connections.filter(({ consumer }) => consumer.party === 'log-agent');
    return [
      ...new Set(own.map(({ capability, provider }) => `${capability}: ${provider.party}`)),
    ].sort();
  };

  test('lead to the store of logs and to the DNS server, and to nothing else', () => {
    expect(linesOf(stack)).toEqual(['dns: coredns', 'logs: outside-loki']);
    expect(fileOf(stack).exporters).toHaveProperty(
      ['otlp_http/logs', 'endpoint'],
      'http://loki.logs.svc:3100/otlp',
    );
  });

  test('lead to the store of the option, although a party offers the same', () => {
    const other = withOptions({ store: { url: 'https://logs.example.com', protocol: 'grpc' } });
    expect(other.findings).toEqual([]);
    expect(linesOf(other)).toEqual(['dns: coredns', 'logs: log-store']);
    expect(Object.keys(fileOf(other).exporters)).toEqual(['otlp_grpc/logs']);
  });

  test('use gRPC if the party offers it', () => {
    const collector: Party = {
      ...outsideLoki,
      endpoints: {
        grpc: {
          port: 4317,
          scheme: 'grpc',
          host: 'collector.logs.svc',
          offers: [offer('logs', { variant: 'grpc' })],
        },
      },
    };
    const { exporters } = fileOf(build({ ...withLogs, parties: [collector] }));
    expect(exporters['otlp_grpc/logs'].endpoint).toBe('collector.logs.svc:4317');
  });

  test('without a store, synth fails', () => {
    const { findings } = build({ ...minimal, logAgent: { enabled: true } });
    expect(findings.map(({ code, place }) => [code, place.path])).toEqual([
      ['connections/no-provider', 'logAgent'],
    ]);
    expect(findings[0]!.remedy).toMatch(/loki: { enabled: true }.* logAgent\.store/);
  });

  test('are not there by default, and without node agents', () => {
    const off = build({ ...minimal, parties: [outsideLoki] });
    expect(off.manifests.map(({ object }) => object.metadata.name)).not.toContain(
      'crowsnest-log-agent',
    );
    const none = build({ ...withLogs, nodeAgents: { kind: 'none', reason: 'nodes are not ours' } });
    expect(linesOf(none)).toEqual([]);
    expect(none.findings.map(({ code, place }) => [code, place.path])).toContainEqual([
      'config/unused-option',
      'logAgent.enabled',
    ]);
  });
});
