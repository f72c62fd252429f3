import { describe, expect, test } from 'vitest';
import credentials from '../../src/checks/access/credentials.js';
import type { Manifest } from '../../src/model/manifest.js';
import { build, minimal } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, type Mutable } from './input.js';

const stack = build(minimal);
const grafana = 'StatefulSet crowsnest/crowsnest-grafana';
const grafanaConfig = 'ConfigMap crowsnest/crowsnest-grafana-config';
const prometheusConfig = 'ConfigMap crowsnest/crowsnest-prometheus-config';
const alertmanagerConfig = 'ConfigMap crowsnest/crowsnest-alertmanager-config';
const jaegerConfig = 'ConfigMap crowsnest/crowsnest-jaeger-config';

const container = (object: Mutable) => object.spec.template.spec.containers[0];

test('the manifests of a minimal and of a full environment contain no credential', () => {
  expect(credentials.run(inputOf(stack))).toEqual([]);
  expect(credentials.run(inputOf(build(full)))).toEqual([]);
});

describe('a credential is reported', () => {
  test.each<[where: string, object: string, change: (object: Mutable) => unknown]>([
    [
      'in a variable with the name of a credential',
      grafana,
      (object) => {
        container(object).env = [{ name: 'GF_SECURITY_ADMIN_PASSWORD', value: 'correct horse' }];
      },
    ],
    [
      'in an argument',
      grafana,
      (object) => {
        container(object).args = ['--api-token=correcthorsebattery'];
      },
    ],
    [
      'in a parameter of a scrape job',
      prometheusConfig,
      ({ data }) => {
        data['prometheus.yml'] += 'params:\n  token:\n    - correcthorse\n';
      },
    ],
    [
      'in a parameter on one line',
      prometheusConfig,
      ({ data }) => {
        data['prometheus.yml'] += 'params: { api_key: ["correcthorse"] }\n';
      },
    ],
    [
      'in a header of a scrape job',
      prometheusConfig,
      ({ data }) => {
        data['prometheus.yml'] +=
          'http_headers:\n  X-Api-Key:\n    values:\n      - correcthorse\n';
      },
    ],
    [
      'in a cookie',
      prometheusConfig,
      ({ data }) => {
        data['prometheus.yml'] += 'http_headers:\n  Cookie:\n    values:\n    - correct=horse\n';
      },
    ],
    [
      'in the query of a URL',
      prometheusConfig,
      ({ data }) => {
        data['prometheus.yml'] += 'a: https://example.com/?b=1&access_token=correcthorse\n';
      },
    ],
    [
      'in a YAML file with the name of a credential',
      alertmanagerConfig,
      ({ data }) => {
        data['alertmanager.yml'] += 'global:\n  smtp_auth_password: correcthorse\n';
      },
    ],
    [
      'in an INI file with the name of a credential',
      grafanaConfig,
      ({ data }) => {
        data['grafana.ini'] = data['grafana.ini'].replace(
          /admin_password = .*/,
          'admin_password = correcthorse',
        );
      },
    ],
    [
      'in a URL',
      jaegerConfig,
      ({ data }) => {
        data['config.yaml'] += 'x: https://user:correcthorse@example.com/\n';
      },
    ],
    [
      'by its format, with any name',
      jaegerConfig,
      ({ data }) => {
        data['config.yaml'] += `x: ${'ghp_'}${'a1B2'.repeat(8)}\n`;
      },
    ],
    [
      'in an annotation',
      grafana,
      ({ metadata }) => {
        metadata.annotations = { note: `${'-----BEGIN'} PRIVATE KEY-----` };
      },
    ],
  ])('%s', (_, title, change) => {
    const findings = credentials.run(changed(stack, title, change));
    expect(findings.map(({ severity, place }) => [severity, place.object])).toEqual([
      ['error', title],
    ]);
    // The value is masked, because reports are stored.
    expect(JSON.stringify(findings)).not.toMatch(/correcthorse|correct horse|a1B2a1B2/);
  });

  test('in the template of an ExternalSecret, whose other fields are names of keys', () => {
    const external = build({
      ...minimal,
      grafana: { credentials: { secret: 'grafana' } },
      secrets: {
        source: {
          kind: 'external-secrets',
          store: { kind: 'ClusterSecretStore', name: 'vault' },
        },
      },
    });
    expect(credentials.run(inputOf(external))).toEqual([]);
    const findings = credentials.run(
      changed(external, 'ExternalSecret crowsnest/grafana', ({ spec }) => {
        spec.target.template.data = { password: 'correcthorse' };
      }),
    );
    expect(findings.map(({ place }) => place.path)).toEqual(['spec.target.template.data.password']);
  });

  test('if a Secret ships', () => {
    const { manifests } = stack;
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'shop', namespace: 'crowsnest' },
      stringData: { user: 'somebody' },
    };
    const shipped = { object: secret, construct: 'shop', chart: 'shop', patched: false };
    const findings = credentials.run(inputOf(stack, { manifests: [...manifests, shipped] }));
    expect(findings.map(({ place }) => place.object)).toEqual(['Secret crowsnest/shop']);
  });
});

describe('nothing is reported', () => {
  test.each([
    ['in a path', 'PASSWORD_FILE', '/etc/crowsnest/secrets/shop/password'],
    ['in a reference to a variable', 'PASSWORD', '$(SHOP_PASSWORD)'],
    ['in a setting', 'USE_TOKEN', 'true'],
    ['with another name', 'KEYBOARD', 'correct horse'],
  ])('%s', (_, name, value) => {
    const input = changed(stack, grafana, (object) => {
      container(object).env = [{ name, value }];
    });
    expect(credentials.run(input)).toEqual([]);
  });
});

test('a credential in a dashboard or a rule file has its line there, and each is reported', () => {
  const [first, second] = [`ghp_${'a'.repeat(30)}`, `glpat-${'b'.repeat(30)}`];
  const source = (file: string) => ({
    file,
    shipped: false,
    lineOf: (text: string) => (text === first ? 3 : text === second ? 7 : 9),
  });
  const manifest = (key: string, text: string): Manifest => ({
    object: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'a' },
      data: { [key]: text },
    },
    construct: 'a',
    chart: 'a',
    patched: false,
  });
  const found = (key: string, text: string) =>
    credentials
      .run({
        ...inputOf(stack, { manifests: [manifest(key, text)] }),
        sources: {
          'dashboards/shop': source('dashboards/shop.json'),
          'alerts/shop': source('alerts/shop.yml'),
        },
      })
      .map(({ fault, place: { file, line, object } }) => [fault, file ?? object, line]);
  const json = JSON.stringify({ a: first, b: second, password: 'hunter2' });
  expect(found('shop.json', json)).toEqual([
    ['known-format', 'dashboards/shop.json', 3],
    ['known-format', 'dashboards/shop.json', 7],
    ['literal-credential', 'dashboards/shop.json', 9],
  ]);
  expect(found('shop.yaml', `password: ${first}`)).toEqual([
    ['known-format', 'alerts/shop.yml', 3],
  ]);
  expect(found('other.json', json).map(([, where]) => where)).toEqual(
    Array(3).fill('ConfigMap a/a'),
  );
});
