import { describe, expect, test } from 'vitest';
import { prometheusFilesIn } from '../../src/checks/support/prometheus-file.js';
import { loadChecks } from '../../src/load-checks.js';
import { checkInputOf, runChecks } from '../../src/run-checks.js';
import { faultsIn, stackWith } from './applications.js';

const scrapeConfig = (spec: string): string =>
  `kind: ScrapeConfig\nmetadata: { name: db, namespace: shop }\nspec: ${spec}\n`;

const service = (targetPort: number): string => `---
kind: Service
metadata: { name: db, namespace: shop }
spec: { selector: { app: db }, ports: [{ port: 9100, targetPort: ${targetPort} }] }
`;

test('a ScrapeConfig becomes a native job, which passes all checks', async () => {
  const stack = stackWith({
    'db.yaml': `${scrapeConfig(`
  jobName: db
  metricsPath: /stats
  scrapeInterval: 1m
  scheme: HTTPS
  enableHTTP2: false
  sampleLimit: 200
  nameEscapingScheme: Underscores
  basicAuth: { username: { name: db, key: user }, password: { name: db, key: password } }
  staticConfigs: [{ targets: ['192.0.2.1:9100'], labels: { team: shop } }]
  dnsSDConfigs: [{ names: [db.example.com], type: A, port: 9100 }]
  relabelings: [{ sourceLabels: [team], targetLabel: owner }]
  metricRelabelings: [{ sourceLabels: [__name__], regex: 'go_.*', action: drop }]`)}---
${scrapeConfig("{ staticConfigs: [{ targets: ['db.shop.svc:9100'] }] }").replace('name: db', 'name: inside')}${service(9100)}`,
  });
  const input = checkInputOf(stack, [], {});
  const { checks } = await loadChecks();
  expect(runChecks(stack, checks, input)).toEqual([]);
  const [file] = prometheusFilesIn(input);
  const jobs = file!.config.scrape_configs!.filter(({ job_name }) =>
    job_name!.startsWith('scrapeConfig/'),
  );
  expect(jobs).toMatchInlineSnapshot(`
    [
      {
        "basic_auth": {
          "password_file": "/etc/crowsnest/secrets/db/password",
          "username_file": "/etc/crowsnest/secrets/db/user",
        },
        "body_size_limit": "20MB",
        "dns_sd_configs": [
          {
            "names": [
              "db.example.com",
            ],
            "port": 9100,
            "type": "A",
          },
        ],
        "enable_http2": false,
        "job_name": "scrapeConfig/shop/db",
        "metric_name_escaping_scheme": "underscores",
        "metric_relabel_configs": [
          {
            "action": "drop",
            "regex": "go_.*",
            "source_labels": [
              "__name__",
            ],
          },
        ],
        "metrics_path": "/stats",
        "relabel_configs": [
          {
            "replacement": "db",
            "target_label": "job",
          },
          {
            "source_labels": [
              "team",
            ],
            "target_label": "owner",
          },
        ],
        "sample_limit": 200,
        "scheme": "https",
        "scrape_interval": "1m",
        "static_configs": [
          {
            "labels": {
              "team": "shop",
            },
            "targets": [
              "192.0.2.1:9100",
            ],
          },
        ],
      },
      {
        "body_size_limit": "20MB",
        "job_name": "scrapeConfig/shop/inside",
        "metrics_path": "/metrics",
        "sample_limit": 5000,
        "scheme": "http",
        "static_configs": [
          {
            "targets": [
              "db.shop.svc:9100",
            ],
          },
        ],
      },
    ]
  `);
});

test('the policies allow the port of the pods if the Service has another one', async () => {
  const text = scrapeConfig("{ staticConfigs: [{ targets: ['db.shop.svc:9100'] }] }");
  const stack = stackWith({ 'db.yaml': text + service(9187) });
  const { checks } = await loadChecks();
  expect(runChecks(stack, checks, checkInputOf(stack, [], {}))).toEqual([]);
  const ports = stack.connections.flatMap(({ capability, endpoint: { port, servicePort } }) =>
    capability === 'raw-metrics' ? [[port, servicePort]] : [],
  );
  expect(ports).toEqual([[9187, 9100]]);
});

describe('a ScrapeConfig is rejected', () => {
  test.each([
    ["{ httpSDConfigs: [{ url: 'http://a.example.com' }] }", 'spec.httpSDConfigs'],
    ['{ kubernetesSDConfigs: [{ role: Pod }] }', 'spec.kubernetesSDConfigs'],
    [
      "{ staticConfigs: [{ targets: ['https://a.example.com/x'] }] }",
      'spec.staticConfigs[0].targets[0]',
    ],
    [
      "{ staticConfigs: [{ targets: ['a.example.com:80'] }], scrapeInterval: often }",
      'spec.scrapeInterval',
    ],
    ["{ staticConfigs: [{ targets: ['a.example.com:80'] }], metricPath: /a }", 'spec.metricPath'],
    ["{ staticConfigs: [{ targets: ['db.shop.svc:9100'] }] }", 'spec.staticConfigs'],
  ])('%s', (spec, path) => {
    expect(faultsIn(scrapeConfig(spec)).map((one) => one.split(': ')[1])).toEqual([path]);
  });

  test('with a target in the cluster that has no Service in applications/', () => {
    const text = scrapeConfig("{ staticConfigs: [{ targets: ['db.shop.svc:9100'] }] }");
    expect(faultsIn(text)).toEqual(['no-service ScrapeConfig db: spec.staticConfigs']);
    expect(faultsIn(text + service(9100))).toEqual([]);
  });
});
