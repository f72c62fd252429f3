import { describe, expect, test } from 'vitest';
import credentials from '../../src/checks/credentials.js';
import { build, minimal } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, type Spoilt } from './input.js';

const stack = build(minimal);
const grafana = 'StatefulSet crowsnest/crowsnest-grafana';
const grafanaConfig = 'ConfigMap crowsnest/crowsnest-grafana-config';
const alertmanagerConfig = 'ConfigMap crowsnest/crowsnest-alertmanager-config';
const jaegerConfig = 'ConfigMap crowsnest/crowsnest-jaeger-config';

const container = (object: Spoilt) => object.spec.template.spec.containers[0];

test('what ships in a minimal and in a full environment has none', () => {
  expect(credentials.run(inputOf(stack))).toEqual([]);
  expect(credentials.run(inputOf(build(full)))).toEqual([]);
});

describe('a credential is found', () => {
  test.each<[where: string, object: string, change: (object: Spoilt) => unknown]>([
    [
      'in a variable under the name of one',
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
      'in a YAML file under the name of one',
      alertmanagerConfig,
      ({ data }) => {
        data['alertmanager.yml'] += 'global:\n  smtp_auth_password: correcthorse\n';
      },
    ],
    [
      'in an INI file under the name of one',
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
      'by its notation, whatever its name',
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
    // Not whole, since reports are kept.
    expect(JSON.stringify(findings)).not.toMatch(/correcthorse|correct horse|a1B2a1B2/);
  });

  test('where a Secret ships', () => {
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

describe('none is found', () => {
  test.each([
    ['in a path', 'PASSWORD_FILE', '/etc/crowsnest/secrets/shop/password'],
    ['in a reference to a variable', 'PASSWORD', '$(SHOP_PASSWORD)'],
    ['in a setting', 'USE_TOKEN', 'true'],
    ['under another name', 'KEYBOARD', 'correct horse'],
  ])('%s', (_, name, value) => {
    const input = changed(stack, grafana, (object) => {
      container(object).env = [{ name, value }];
    });
    expect(credentials.run(input)).toEqual([]);
  });
});
