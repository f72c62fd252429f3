import { describe, expect, test } from 'vitest';
import { without } from '../../src/config/alert-setting.js';
import { dashboard } from '../../src/content/dashboard.js';
import { stat } from '../../src/content/figure.js';
import { withoutFact } from '../../src/environment/components.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { health, offer } from '../../src/model/offer.js';
import type { Party } from '../../src/model/party.js';
import { full } from '../checks/full.js';
import { build, minimal, noContent } from '../environment.js';
import targets from '../sample/alerts/targets.js';

const { environment } = build(minimal);
const facts = Object.keys(withoutFact(environment));

/** A panel for each fact; only panels of true facts ship. */
const all = dashboard({
  title: 'Facts',
  description: 'd',
  folder: 'Facts',
  rows: [
    {
      title: 'Row',
      panels: facts.map((fact) =>
        stat({ title: fact, description: 'd', unit: 'short', queries: 'sum(up)', needs: [fact] }),
      ),
    },
  ],
});

const holding = (options: EnvironmentOptions): string[] => {
  const { manifests } = build(options, {
    ...noContent,
    alerts: { targets },
    dashboards: { facts: all },
  });
  const text = manifests
    .map(({ object }) => (object.data as Record<string, string> | undefined)?.['facts.json'])
    .find((one) => one !== undefined)!;
  return facts.filter((fact) => text.includes(fact));
};

const elsewhere = (name: string, web: Party['endpoints'][string]): Party => ({
  name,
  workloads: { [name]: { kind: 'pods', namespace: name, labels: { app: name } } },
  endpoints: { web: { host: `${name}.${name}.svc`, ...web } },
  consumes: [],
});

describe('the facts of an environment', () => {
  test('of one replica each, without receivers, are Alertmanager and the Watchdog', () => {
    expect(holding(minimal)).toEqual(['configured:alertmanager', 'configured:watchdog']);
  });

  test('without the alert Watchdog are those of Alertmanager', () => {
    const alerts = [without('Watchdog', 'nothing receives it')];
    expect(holding({ ...minimal, alerts })).toEqual(['configured:alertmanager']);
  });

  test('include Alertmanager if an outside party receives the alerts', () => {
    const off = { ...minimal, alertmanager: { enabled: false } };
    const pager = elsewhere('pager', { port: 9093, offers: [offer('alerts')] });
    expect(holding(off)).not.toContain('configured:alertmanager');
    expect(holding({ ...off, parties: [pager] })).toContain('configured:alertmanager');
  });

  test('include logs if Grafana queries a store of logs', () => {
    const loki = elsewhere('logs', { port: 3100, offers: [offer('logql')] });
    expect(holding({ ...minimal, parties: [loki] })).toContain('configured:logs');
    expect(holding(minimal)).not.toContain('configured:logs');
  });

  test('with all options are all facts about its own Prometheus', () => {
    // An application with a load test is not an option of an environment alone.
    const others = [
      'configured:several-clusters',
      'configured:load-tests',
      'configured:load-tests-replica',
    ];
    expect(facts).toEqual(expect.arrayContaining(others));
    expect(holding(full)).toEqual(facts.filter((fact) => !others.includes(fact)));
  });

  test('include certificate probes if a page is probed over https', () => {
    const shop = (scheme: 'http' | 'https') =>
      elsewhere('shop', { port: 443, scheme, offers: [health('/healthy')] });
    const probes = 'configured:https-probes';
    expect(holding({ ...minimal, parties: [shop('https')] })).toContain(probes);
    expect(holding({ ...minimal, parties: [shop('http')] })).not.toContain(probes);
  });

  test('include several clusters if Prometheus federates others', () => {
    const scrapeConfigs = [
      {
        config: {
          job_name: 'other',
          metrics_path: '/federate',
          static_configs: [{ targets: ['prometheus.other.example.com:9090'] }],
        },
      },
    ];
    expect(holding({ ...minimal, prometheus: { scrapeConfigs } as never })).toContain(
      'configured:several-clusters',
    );
  });

  test('include several clusters if Grafana queries another provider than its Prometheus', () => {
    const thanos = elsewhere('thanos', { port: 9090, offers: [offer('promql')] });
    const choices = { 'grafana.promql': 'thanos', promql: 'prometheus' };
    const options = { ...minimal, parties: [thanos], choices };
    expect(holding(options)).toContain('configured:several-clusters');
  });
});
