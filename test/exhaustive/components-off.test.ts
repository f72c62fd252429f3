import { describe, expect, test } from 'vitest';
import { definitions } from '../../src/components/index.js';
import { alertGroup } from '../../src/content/alert-group.js';
import { unknownNeeds } from '../../src/content/need.js';
import { factsOf } from '../../src/environment/components.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { required } from '../../src/model/consumption.js';
import { type KubernetesObject, titleOf } from '../../src/model/manifest.js';
import { offer } from '../../src/model/offer.js';
import type { Party } from '../../src/model/party.js';
import { readme } from '../../src/output/readme.js';
import { buildStack, possibleJobs } from '../../src/stack.js';
import { full } from '../checks/full.js';
import { build, minimal, noContent } from '../environment.js';
import { errorsOf, singles, without } from '../off.js';

const group = (needs: readonly string[]) => alertGroup({ needs, rules: () => ({ alerts: [] }) });

describe('a stack with disabled components', () => {
  // The tests of what ships try sets of components.
  test.each(singles)('works: %s', (...off) => {
    expect(errorsOf(without(off), noContent)).toEqual([]);
  });

  test('can still have content that needs their jobs, which is left out', () => {
    for (const key of Object.keys(definitions)) {
      const jobs = possibleJobs(without([key]));
      const content = { ...noContent, alerts: { shop: group(['probe', 'jaeger', 'etcd']) } };
      expect(unknownNeeds(content, jobs)).toEqual([]);
    }
  });

  test('has no trace of them in its manifests, except in policies for other clients', () => {
    for (const [key, { name }] of Object.entries(definitions)) {
      const { manifests } = buildStack(without([key]), noContent);
      const left = manifests.filter(
        ({ object }) => object.metadata.labels?.['app.kubernetes.io/name'] === name,
      );
      expect(left.map(({ object }) => object.metadata.name)).toEqual([]);
    }
  });

  test('reports a missing component that another one requires', () => {
    const options = { ...minimal, prometheus: { enabled: false } };
    const { environment } = validate(options, 'test', 'environments/test.ts');
    expect(buildStack(environment!, noContent).findings).toMatchObject([
      {
        code: 'connections/no-provider',
        place: { path: 'grafana' },
        message: expect.stringContaining('promql'),
      },
    ]);
  });

  test('uses an existing Grafana and an existing Alertmanager', () => {
    const outside = (name: string, endpoint: Party['endpoints'][string]): Party => ({
      name,
      workloads: { [name]: { kind: 'pods', namespace: name, labels: { app: name } } },
      endpoints: { web: endpoint },
      consumes: name === 'portal' ? [required('promql')] : [],
    });
    const { environment, findings } = validate(
      {
        ...minimal,
        stage: 'production',
        priorityClass: 'observability',
        grafana: { enabled: false },
        alertmanager: { enabled: false },
        parties: [
          outside('portal', { port: 3000, offers: [] }),
          outside('pager', { port: 9093, offers: [offer('alerts')] }),
        ],
      } satisfies EnvironmentOptions,
      'test',
      'environments/test.ts',
    );
    expect(findings).toEqual([]);
    expect(errorsOf(environment!, noContent)).toEqual([]);
    const stack = buildStack(environment!, noContent);
    const objects = JSON.stringify(stack.manifests.map(({ object }) => object));
    expect(objects).not.toContain('dashboard_url');
    const prometheus = stack.connections.filter(({ capability }) => capability === 'alerts');
    expect(prometheus.map(({ provider }) => provider.party)).toEqual(['pager']);
    const text = readme(stack);
    expect(text).toContain('Alerts are sent to pager (not deployed here)');
    expect(text).not.toContain('**None.**');
  });

  test('queries several clusters if another Prometheus replaces its own', () => {
    const environment = without(['prometheus']);
    const { connections } = buildStack(environment, noContent);
    expect(factsOf(environment, connections)).toContain('configured:several-clusters');
  });

  test('reports a party that refers to itself like any other', () => {
    const party: Record<string, unknown> = { name: 'pager', endpoints: {} };
    party.self = party;
    const options = { ...minimal, alertmanager: { enabled: false }, parties: [party] };
    const { findings } = validate({ ...options, stage: 'production' }, 'test', 'test.ts');
    expect(findings.map(({ place }) => place.path)).toContain('parties[0].self');
  });

  test('without a receiver of alerts, says in its README that none are sent', () => {
    const text = readme(buildStack(without(['alertmanager']), noContent));
    expect(text).toContain('**None.** No alerts are sent.');
  });

  test('in production has an Alertmanager, its own or that of somebody else', () => {
    const faults = (options: Partial<EnvironmentOptions>) =>
      validate({ ...minimal, ...options }, 'test', 'environments/test.ts').findings.map(
        ({ place }) => place.path,
      );
    const alertmanager = { enabled: false };
    expect(faults({ stage: 'production' })).toEqual(['alerting']);
    expect(faults({ stage: 'production', alertmanager })).toEqual(['parties']);
    const { alerting } = full;
    expect(faults({ alertmanager, alerting })).toEqual(['alerting']);
  });

  test('states in its README what is disabled, what depends on it and what is kept', () => {
    const text = readme(
      buildStack(without(['jaeger', 'blackboxExporter', 'otelGateway']), noContent),
    );
    expect(text).toContain(
      'kubectl -n crowsnest delete netpol --ignore-not-found crowsnest-jaeger crowsnest-blackbox-exporter crowsnest-backup-jaeger\n',
    );
    expect(text).toContain(
      '- jaeger: `kubectl -n crowsnest delete pvc -l app.kubernetes.io/instance=crowsnest,app.kubernetes.io/name=jaeger`.',
    );
    expect(text).toContain('- blackbox-exporter: it has no volume and no Secret.');
    expect(text).not.toContain('spans (OTLP)');
  });

  // Whether a component that is disabled by default was deployed before is not known: its page has the command.
  const usual = Object.entries(definitions).filter(([, { options }]) =>
    options.shape.enabled.parse(undefined),
  );

  test.each(usual.map(([key, { name }]) => ({ key, name })))(
    'has commands in its README that delete all but the data: $name',
    ({ key, name }) => {
      const objects = (off: string[]) =>
        buildStack(without(off), noContent).manifests.map(({ object }) => object);
      const kept = new Set(objects([key]).map(titleOf));
      const removed = objects([]).filter((one) => !kept.has(titleOf(one)));
      const text = readme(buildStack(without([key]), noContent));
      // By the name of the component, and by the names of the workloads that copy its volumes.
      const commands = [
        ...text.matchAll(
          /^kubectl delete (\S+) --all-namespaces -l 'app.kubernetes.io\/instance=crowsnest,(\S+) in \((.+)\)'$/gm,
        ),
      ];
      expect(commands[0]?.slice(2)).toEqual(['app.kubernetes.io/name', name]);
      const hasCommand = ({ kind, metadata }: KubernetesObject): boolean =>
        kind === 'NetworkPolicy'
          ? new RegExp(
              `^kubectl -n ${metadata.namespace} delete netpol .*\\b${metadata.name}\\b`,
              'm',
            ).test(text)
          : commands.some(
              ([, kinds = '', label = '', values = '']) =>
                kinds.split(',').includes(kind.toLowerCase()) &&
                values.split(',').includes(metadata.labels?.[label] ?? ''),
            );
      const left = removed.filter((one) => !hasCommand(one)).map(({ kind }) => kind);
      expect(removed.length).toBeGreaterThan(2);
      expect(left.filter((kind) => kind !== 'PersistentVolumeClaim')).toEqual([]);
    },
  );

  test('names the policies of Cilium that remain', () => {
    const cluster = { ...minimal.cluster, networkPlugin: 'cilium' } as const;
    const text = readme(build({ ...minimal, cluster, jaeger: { enabled: false } }));
    expect(text).toContain('delete netpol,ciliumnetworkpolicy --ignore-not-found crowsnest-jaeger');
  });

  test('without volumes and replicas, its README mentions neither', () => {
    const text = readme(buildStack(without(Object.keys(definitions)), noContent));
    expect(text).not.toContain('StorageClass');
    expect(text).not.toContain('The number of replicas');
  });
});
