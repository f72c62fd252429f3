import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planOf } from '../../src/cli/import/plan.js';
import { sourcesOf } from '../../src/cli/import/sources.js';
import { causedBy } from '../../src/cli/import/with-settings.js';
import { importModule } from '../../src/config/modules.js';
import { validate } from '../../src/environment/validate.js';
import { minimal } from '../environment.js';
import { fill, temporaryFolder } from '../output/folder.js';

/** The parts of a value that tests read. */
interface Settings {
  readonly config: { readonly receivers: readonly { readonly name: string }[] };
  readonly templates: object;
  readonly scrapeConfigs: readonly object[];
}

/** What becomes of configurations; the value of each module in `settings`. */
const settingsOf = async (files: Readonly<Record<string, string>>) => {
  const folder = fill(temporaryFolder(), files);
  const { sources } = sourcesOf([folder]);
  const project = { jobs: ['node-exporter'], library: { index: 'crowsnest' } };
  const plan = planOf(sources, project);
  const relative = ({ file, what, reason }: { file: string; what: string; reason: string }) =>
    `${file.slice(folder.length + 1)}: ${what}: ${reason}`;
  const texts = Object.fromEntries([...plan.files].map(([path, { text }]) => [path, text]));
  const written = fill(temporaryFolder(), texts);
  const values: Record<string, Settings> = {};
  for (const [path, { option }] of plan.files) {
    if (option) values[path] = (await importModule(join(written, path))).default as Settings;
  }
  return {
    values,
    texts,
    left: [...plan.changed, ...plan.left].map(relative),
    secrets: plan.secrets.map(relative),
  };
};

const faultsOf = (environment: object): string[] =>
  validate({ ...minimal, ...environment }, 'test', 'environments/test.ts').findings.map(
    ({ place, code }) => `${place.path} ${code}`,
  );

const alertmanager = `global:
  slack_api_url: https://hooks.slack.com/services/T0/B0/hunter2
  smtp_smarthost: mail.example.com:25
  smtp_from: a@example.com
  smtp_require_tls: false
  opsgenie_api_key_file: /etc/alertmanager/secrets/opsgenie/token
tracing: { endpoint: 'tempo:4317' }
templates: ['/etc/alertmanager/*.tmpl', other.html]
route:
  receiver: team
  routes: [{ match: { severity: critical }, receiver: bot }]
receivers:
  - name: team
    slack_configs: [{ channel: '#a', title: '{{ template "team.title" . }}' }]
    email_configs: [{ to: ops@example.com, auth_password: hunter2 }]
    opsgenie_configs: [{}]
  - name: bot
    webhook_configs:
      - url: http://bot.tools.svc:8080/alerts
        http_config: { bearer_token: hunter2 }
      - url: https://user:hunter2@example.com/x
      - url: http://10.1.2.3/
        http_config: { http_headers: { X-Api-Key: { values: [hunter3] } } }
`;
// A text with everything that a literal of TypeScript must escape.
const template =
  '{{ define "team.title" }}`$' + '{x}` \\ {{ .CommonLabels.alertname }}\n{{ end }}\n';
const botService = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'bot', namespace: 'tools' },
  spec: { selector: { app: 'bot' }, ports: [{ port: 8080 }] },
});

describe('an import of alertmanager.yml', () => {
  test('writes the option alerting, which an environment accepts', async () => {
    const { values, left, secrets, texts } = await settingsOf({
      'alertmanager.yml': alertmanager,
      'slack.tmpl': template,
      'bot.yaml': botService,
    });
    expect(values).toMatchInlineSnapshot(`
      {
        "settings/alertmanager.ts": {
          "config": {
            "global": {
              "opsgenie_api_key": {
                "key": "token",
                "secret": "opsgenie",
              },
              "slack_api_url": {
                "key": "slack-api-url",
                "secret": "alertmanager",
              },
              "smtp_from": "a@example.com",
              "smtp_require_tls": false,
              "smtp_smarthost": "mail.example.com:25",
            },
            "receivers": [
              {
                "email_configs": [
                  {
                    "auth_password": {
                      "key": "team-email-auth-password",
                      "secret": "alertmanager",
                    },
                    "to": "ops@example.com",
                  },
                ],
                "name": "team",
                "opsgenie_configs": [
                  {},
                ],
                "slack_configs": [
                  {
                    "channel": "#a",
                    "title": "{{ template "team.title" . }}",
                  },
                ],
              },
              {
                "name": "bot",
                "webhook_configs": [
                  {
                    "http_config": {
                      "authorization": {
                        "credentials": {
                          "key": "team-email-auth-password",
                          "secret": "alertmanager",
                        },
                      },
                    },
                    "url": "http://bot.tools.svc:8080/alerts",
                  },
                  {
                    "url": {
                      "key": "bot-webhook-url",
                      "secret": "alertmanager",
                    },
                  },
                  {
                    "http_config": {
                      "http_headers": {
                        "X-Api-Key": {
                          "secrets": [
                            {
                              "key": "bot-webhook-http-headers-x-api-key",
                              "secret": "alertmanager",
                            },
                          ],
                        },
                      },
                    },
                    "url": "http://10.1.2.3/",
                  },
                ],
              },
            ],
            "route": {
              "receiver": "team",
              "routes": [
                {
                  "match": {
                    "severity": "critical",
                  },
                  "receiver": "bot",
                },
              ],
            },
          },
          "plainSmtp": "As in alertmanager.yml.",
          "servers": [
            {
              "at": {
                "kind": "pods",
                "labels": {
                  "app": "bot",
                },
                "namespace": "tools",
              },
              "host": "bot.tools.svc",
            },
          ],
          "templates": {
            "slack.tmpl": "{{ define "team.title" }}\`\${x}\` \\ {{ .CommonLabels.alertname }}
      {{ end }}
      ",
          },
        },
      }
    `);
    expect(secrets).toMatchInlineSnapshot(`
      [
        "alertmanager.yml:2: global.slack_api_url: Secret alertmanager, key slack-api-url",
        "alertmanager.yml:6: global.opsgenie_api_key_file: Secret opsgenie, key token",
        "alertmanager.yml:15: receivers[0].email_configs[0].auth_password: Secret alertmanager, key team-email-auth-password",
        "alertmanager.yml:20: receivers[1].webhook_configs[0].http_config.bearer_token: Secret alertmanager, key team-email-auth-password",
        "alertmanager.yml:21: receivers[1].webhook_configs[1].url: Secret alertmanager, key bot-webhook-url",
        "alertmanager.yml:23: receivers[1].webhook_configs[2].http_config.http_headers.X-Api-Key: Secret alertmanager, key bot-webhook-http-headers-x-api-key",
      ]
    `);
    expect(left).toMatchInlineSnapshot(`
      [
        "alertmanager.yml:7: tracing: The network policies allow no connection to its server.",
        "alertmanager.yml:8: templates[1]: No file beside it has the name other.html.",
        "bot.yaml: Service bot: No monitor is imported with it.",
      ]
    `);
    expect(JSON.stringify([texts, left, secrets])).not.toMatch(/hunter/);
    expect(faultsOf({ alerting: values['settings/alertmanager.ts'] })).toEqual([]);
  });

  test.each([
    [
      'a ConfigMap with a template',
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        data: { 'alertmanager.yml': alertmanager, 'slack.tmpl': template },
      },
    ],
    [
      'a Secret of the operator',
      {
        apiVersion: 'v1',
        kind: 'Secret',
        data: {
          'alertmanager.yaml': Buffer.from(alertmanager).toString('base64'),
          'slack.tmpl': template,
        },
      },
    ],
  ])('finds it in %s', async (_, object) => {
    const { values } = await settingsOf({ 'object.yaml': JSON.stringify(object) });
    const alerting = values['settings/alertmanager.ts'];
    expect(alerting?.config.receivers.map(({ name }) => name)).toEqual(['team', 'bot']);
    expect(alerting?.templates).toEqual({ 'slack.tmpl': template });
  });

  test('finds it in the values of a chart, and reports the others', async () => {
    const chart = `grafana: {}\nalertmanager:\n  config:\n    tracing: {}\n    route: { receiver: a }\n    receivers: [{ name: a }]\n`;
    const { values, left } = await settingsOf({ 'values.yaml': chart });
    expect(values).toEqual({
      'settings/alertmanager.ts': {
        config: { route: { receiver: 'a' }, receivers: [{ name: 'a' }] },
      },
    });
    expect(left).toEqual([
      expect.stringMatching(/^values.yaml:4: tracing: /),
      expect.stringContaining('the other values: Values of Helm charts'),
    ]);
  });

  test('leaves an invalid value for the finding about it', async () => {
    const { values } = await settingsOf({
      'alertmanager.yml': 'route: { receiver: b, group_byy: [x] }\nreceivers: [{ name: a }]\n',
    });
    expect(faultsOf({ alerting: values['settings/alertmanager.ts'] })).toEqual([
      'alerting.config.route.group_byy config/unknown-option',
      'alerting.config.route.receiver config/invalid-value',
    ]);
  });
});

const prometheus = `global:
  scrape_interval: 15s
  evaluation_interval: 30s
  external_labels: { cluster: a, team: b }
  query_log_file: /x
alerting:
  alertmanagers:
    - static_configs: [{ targets: ['alertmanager:9093'] }]
    - static_configs: [{ targets: ['alerts.example.com:9093'] }]
rule_files: [rules/shop.yml, rules/other.yml]
scrape_configs:
  - job_name: prometheus
    static_configs: [{ targets: ['localhost:9090'] }]
  - job_name: pods
    kubernetes_sd_configs: [{ role: pod }]
  - job_name: db
    basic_auth: { username: u, password: hunter2 }
    params: { token: [hunter2], module: [x] }
    static_configs: [{ targets: ['db.shop.svc:9187', 'localhost:9100'] }]
  - job_name: node-exporter
    scheme: https
    tls_config: { insecure_skip_verify: true }
    static_configs: [{ targets: ['10.1.2.3:9100'] }]
remote_write:
  - url: https://u:hunter2@mimir.example.com/api/v1/push
    headers: { X-Scope-OrgID: platform }
  - url: https://other.example.com/api/v1/push
    headers: { Authorization: Bearer hunter4 }
`;
const rules = 'groups: [{ name: shop, rules: [{ record: a, expr: up }] }]\n';

describe('an import of prometheus.yml', () => {
  test('writes the option prometheus; what an environment has in another way is listed', async () => {
    const { values, left, secrets, texts } = await settingsOf({
      'prometheus.yml': prometheus,
      'shop.yml': rules,
    });
    expect(values).toMatchInlineSnapshot(`
      {
        "settings/prometheus.ts": {
          "alertmanagers": [
            {
              "static_configs": [
                {
                  "targets": [
                    "alerts.example.com:9093",
                  ],
                },
              ],
            },
          ],
          "config": {
            "global": {
              "evaluation_interval": "30s",
            },
          },
          "externalLabels": {
            "team": "b",
          },
          "remoteWrite": [
            {
              "basic_auth": {
                "password": {
                  "key": "remote-write-url-password",
                  "secret": "prometheus",
                },
                "username": "u",
              },
              "headers": {
                "X-Scope-OrgID": "platform",
              },
              "url": "https://mimir.example.com/api/v1/push",
            },
            {
              "authorization": {
                "credentials": {
                  "key": "remote-write-http-headers-authorization",
                  "secret": "prometheus",
                },
              },
              "url": "https://other.example.com/api/v1/push",
            },
          ],
          "scrapeConfigs": [
            {
              "at": {
                "kind": "pods",
                "labels": {},
                "namespace": "shop",
              },
              "config": {
                "basic_auth": {
                  "password": {
                    "key": "remote-write-url-password",
                    "secret": "prometheus",
                  },
                  "username": "u",
                },
                "job_name": "db",
                "params": {
                  "module": [
                    "x",
                  ],
                },
                "static_configs": [
                  {
                    "targets": [
                      "db.shop.svc:9187",
                    ],
                  },
                ],
              },
            },
            {
              "config": {
                "job_name": "node-exporter-imported",
                "scheme": "https",
                "static_configs": [
                  {
                    "targets": [
                      "10.1.2.3:9100",
                    ],
                  },
                ],
                "tls_config": {
                  "insecure_skip_verify": true,
                },
              },
              "unverified": "As in prometheus.yml, line 22.",
            },
          ],
          "scrapeInterval": "15s",
        },
      }
    `);
    expect(secrets).toMatchInlineSnapshot(`
      [
        "prometheus.yml:25: remote_write[0].url.password: Secret prometheus, key remote-write-url-password",
        "prometheus.yml:27: remote_write[1].http_headers.Authorization: Secret prometheus, key remote-write-http-headers-authorization",
        "prometheus.yml:17: scrape_configs[2].basic_auth.password: Secret prometheus, key remote-write-url-password",
      ]
    `);
    expect(left).toMatchInlineSnapshot(`
      [
        "prometheus.yml:18: scrape_configs[2].params.token: It is a credential, and the engine reads this value from no file.",
        "prometheus.yml:10: rule_files[1]: Import the rule files too: they go to alerts/.",
        "prometheus.yml:4: global.external_labels.cluster: The stack sets it: the name of the cluster is the option cluster.name.",
        "prometheus.yml:5: global.query_log_file: Use the option queryLog.",
        "prometheus.yml:8: alerting.alertmanagers[0]: The stack has its own Alertmanager, which gets the alerts.",
        "prometheus.yml:12: scrape_configs[0]: The Prometheus of the stack scrapes itself.",
        "prometheus.yml:14: scrape_configs[1]: kubernetes_sd_configs: the stack has the jobs of the cluster; for applications, use a ServiceMonitor, a PodMonitor or a party (docs/applications.md).",
        "prometheus.yml:19: scrape_configs[2].static_configs[0].targets[1]: It is the machine of the other Prometheus; here, it is the pod of Prometheus.",
        "prometheus.yml:20: scrape_configs[3].job_name: The stack has a job with this name: it is now node-exporter-imported.",
      ]
    `);
    expect(JSON.stringify([texts, left, secrets])).not.toMatch(/hunter/);
    expect(Object.keys(texts)).toContain('alerts/shop.yaml');
    // What no file says: the labels of the pods.
    expect(faultsOf({ prometheus: values['settings/prometheus.ts'] })).toEqual([
      'prometheus.scrapeConfigs[0].at.labels config/invalid-value',
    ]);
  });

  test('takes a list of jobs, as for additional scrape configs', async () => {
    const { values, left } = await settingsOf({
      'additional.yaml': `- job_name: a\n  static_configs: [{ targets: ['a.example.com:1'] }]\n- job_name: b\n  file_sd_configs: [{ files: [a] }]\n`,
    });
    expect(values['settings/additional.ts']?.scrapeConfigs).toHaveLength(1);
    expect(left).toEqual([expect.stringMatching(/^additional.yaml:3: .*file_sd_configs/)]);
  });
});

test('findings about settings have their place in the module', () => {
  const text = "export default {\n  config: {\n    route: { receiver: 'b' },\n  },\n};\n";
  const settings = [{ path: 'settings/a.ts', option: 'alerting', text }] as const;
  const finding = (path: string) =>
    ({
      severity: 'error',
      code: 'config/invalid-value',
      message: '',
      place: { file: 'environments/one.ts', path },
    }) as never;
  const found = [finding('alerting.config.route.receiver'), finding('cluster.name')];
  expect(causedBy(settings, found, [finding('cluster.name')]).map(({ place }) => place)).toEqual([
    { file: 'settings/a.ts', path: 'config.route.receiver', line: 3 },
  ]);
});
