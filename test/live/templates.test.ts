import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readNotification, readTemplate } from '../../src/schema/template.js';
import { engineBinary } from '../engines/installation.js';
import { startEngine } from '../engines/process.js';
import { postAlerts } from './alertmanager-api.js';
import { startPage } from './page.js';
import { eventually } from './wait.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-templates-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const json = async (url: string) => (await fetch(url)).json();

const sent = [
  '{{ .CommonAnnotations.summary }} {{ .Status | toUpper }} {{ len .Alerts.Firing }}',
  '{{ range .Alerts }}{{ .Annotations.summary }} {{ .StartsAt.Format "2006" }} {{ $.Receiver }}{{ end }}',
  '{{ template "slack.default.title" . }} {{ (.CommonLabels.Remove (stringSlice "job")).Values | join "," }}',
  '{{ if gt (len .Alerts) 0 }}{{ index .CommonLabels "alertname" }}{{ end }}',
  '{{ $x := .Status }}{{ range .Alerts }}{{ $x = .Labels }}{{ end }}{{ $x.alertname }}',
  '{{ define "mine" }}{{ .Labels.alertname }}{{ end }}{{ range .Alerts }}{{ template "mine" . }}{{ end }}',
];
const failing = [
  '{{ .Annotations.summary }}',
  '{{ range .Alerts }}{{ .CommonLabels.job }}{{ end }}',
  '{{ .CommonLabels.job.name }}',
  '{{ .CommonLabels.Remove "job" }}',
  '{{ if gt (len .Alerts) 0.0 }}x{{ end }}',
  '{{ date "15:04" .Status }}',
  '{{ .Status | toUpper .Receiver }}',
  '{{ range .Status }}x{{ end }}',
  '{{ define "mine" }}{{ .Labels.alertname }}{{ end }}{{ template "mine" . }}',
];

// Not of Slack: Alertmanager 0.34 ignores the fault there, and sends the message with empty texts.
// https://github.com/prometheus/alertmanager/blob/v0.34.0/notify/slack/slack.go
test('Alertmanager sends the texts without faults, and fails permanently with the others', async () => {
  expect(sent.flatMap((text) => readNotification(text).faults)).toEqual([]);
  expect(failing.filter((text) => readNotification(text).faults.length === 0)).toEqual([]);

  const page = await startPage(() => ({ status: 202 }));
  const texts = [...sent, ...failing];
  const receivers = texts.map((text, index) => ({
    name: `r${index}`,
    pagerduty_configs: [{ url: `${page.url}/${index}`, routing_key: 'key', description: text }],
  }));
  const config = stringify({
    route: {
      receiver: 'r0',
      group_wait: '0s',
      routes: texts.map((_, index) => ({ receiver: `r${index}`, continue: true })),
    },
    receivers,
  });
  const alertmanager = await startEngine({
    binary: 'alertmanager',
    args: ({ port, folder: place }) => {
      writeFileSync(join(place, 'alertmanager.yml'), config);
      return [
        `--config.file=${join(place, 'alertmanager.yml')}`,
        `--storage.path=${join(place, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
      ];
    },
    readyPath: '/-/ready',
  });
  try {
    await postAlerts(alertmanager.url, [
      {
        labels: { alertname: 'Down', job: 'shop' },
        annotations: { summary: 'It is down.' },
        startsAt: new Date().toISOString(),
      },
    ]);
    await eventually('all notifications', async () => {
      const metrics = await (await fetch(`${alertmanager.url}/metrics`)).text();
      const failed = [
        ...metrics.matchAll(
          /^alertmanager_notifications_failed_total\{integration="pagerduty".*\} (\d+)/gm,
        ),
      ].reduce((sum, [, count]) => sum + Number(count), 0);
      if (page.received.length === sent.length && failed === failing.length) return true;
      throw new Error(`${page.received.length} were sent, and ${failed} failed`);
    });
    const received = page.received.map(({ path }) => Number(path.slice(1))).sort((a, b) => a - b);
    expect(received).toEqual(sent.map((_, index) => index));
  } finally {
    await alertmanager.stop();
    await page.stop();
  }
});

const expanded = [
  '{{ $labels.job }} {{ printf "%.2f" $value }} {{ $value | humanizePercentage }}',
  '{{ with query "vector(3)" }}{{ . | first | value | humanize }}{{ end }}',
  '{{ if gt $value 5.0 }}a{{ else }}b{{ end }} {{ index $labels "job" }} {{ .ExternalURL }}',
  '{{ range query "vector(3)" }}{{ .Value }}{{ .Labels.job }}{{ end }}',
  '{{ define "x" }}{{ .job }}{{ end }}{{ template "x" $labels }}',
  '{{ $labels.job | }}',
];
const broken = [
  '{{ printf "%s of %s" $value }}',
  '{{ printf "%d" $value }}',
  '{{ printf "100%" }}',
  '{{ .Label.job }}',
  '{{ if gt $value 5 }}a{{ end }}',
  '{{ $value | toUpper }}',
  '{{ $labels.job "x" }}',
  '{{ template "x" . }}',
  '{{ len $value }}',
  '{{ reReplaceAll ":.*" $labels.job }}',
  '{{ range query "vector(3)" }}{{ .Metric }}{{ end }}',
];
const unparsed = [
  '{{ tmpl "x" . }}',
  '{{ $label.job }}',
  '{{ if $value }}',
  '{{ "\\d" }}',
  '{{ 1 | 2 }}',
];

test('Prometheus expands the texts without faults, and puts an error into the others', async () => {
  expect(expanded.flatMap((text) => readTemplate(text).faults)).toEqual([]);
  expect(broken.filter((text) => readTemplate(text).faults[0]?.fails !== true)).toEqual([]);

  const texts = [...expanded, ...broken];
  const rules = texts.map((text, index) => ({
    alert: `A${index}`,
    expr: 'label_replace(vector(0.5), "job", "shop", "", "")',
    annotations: { text },
  }));
  const prometheus = await startEngine({
    binary: 'prometheus',
    args: ({ port, folder: place }) => {
      writeFileSync(
        join(place, 'rules.yml'),
        stringify({ groups: [{ name: 'a', interval: '1s', rules }] }),
      );
      writeFileSync(join(place, 'prometheus.yml'), stringify({ rule_files: ['rules.yml'] }));
      return [
        `--config.file=${join(place, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(place, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ];
    },
    readyPath: '/-/ready',
  });
  try {
    const alerts = await eventually('all alerts', async () => {
      const { data } = (await json(`${prometheus.url}/api/v1/alerts`)) as {
        data: { alerts: unknown[] };
      };
      return data.alerts.length === texts.length ? data.alerts : undefined;
    });
    const wrong = (alerts as { labels: { alertname: string }; annotations: { text: string } }[])
      .filter(({ annotations }) => /<error expanding template|%!/.test(annotations.text))
      .map(({ labels }) => texts[Number(labels.alertname.slice(1))]!);
    expect(wrong.sort()).toEqual([...broken].sort());
  } finally {
    await prometheus.stop();
  }
});

test.each(unparsed)('promtool rejects %s', async (text) => {
  expect(readTemplate(text).faults).toMatchObject([{ message: expect.any(String) }]);
  expect(readTemplate(text).faults[0]?.fails).toBeUndefined();
  const path = join(folder, 'rules.yml');
  const rule = { alert: 'A', expr: 'up', annotations: { text } };
  writeFileSync(path, stringify({ groups: [{ name: 'a', rules: [rule] }] }));
  const promtool = await engineBinary('promtool');
  expect(() => execFileSync(promtool, ['check', 'rules', path], { stdio: 'pipe' })).toThrow();
});
