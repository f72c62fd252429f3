import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { validate } from '../../src/environment/validate.js';
import { complete, filesOf, secret } from '../components/alertmanager-native.js';
import { engineBinary } from '../engines/installation.js';
import { minimal } from '../environment.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-alertmanager-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const amtool = await engineBinary('amtool');

let count = 0;
/** Runs amtool on a configuration; the templates are in the folder of the test. */
const amtoolOn = (text: string, ...args: string[]): string => {
  count += 1;
  const path = join(folder, `${count}.yml`);
  writeFileSync(path, text.replace('/etc/alertmanager/*.tmpl', `${folder}/*.tmpl`));
  const [command = 'check-config', ...rest] = args;
  const last = command === 'check-config' ? [path] : [...rest, `--config.file=${path}`];
  return execFileSync(amtool, [command, ...last], { encoding: 'utf8', stdio: 'pipe' });
};

/** What amtool says about a configuration, also if it rejects it. */
const verdictOn = (text: string): string => {
  try {
    return amtoolOn(text);
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
};

const files = filesOf(complete);

test('a native configuration is accepted by amtool, with its templates', () => {
  writeFileSync(join(folder, 'slack.tmpl'), files['slack.tmpl']!);
  expect(amtoolOn(files['alertmanager.yml']!)).toMatch(/SUCCESS/);
});

test.each([
  [['severity=page', 'team=a'], 'Team A / critical,null'],
  [['team=c', 'owner=xy'], 'prometheus'],
  [['alertname=JobFailed'], 'nobody'],
  [['team=quoted value'], 'web.hook'],
  [['alertname=Watchdog'], 'nobody'],
  [['alertname=Other'], 'web.hook'],
])('routes the labels %j to %s, according to amtool', (labels, receiver) => {
  const routed = amtoolOn(files['alertmanager.yml']!, 'config', 'routes', 'test', ...labels);
  // Alertmanager warns about the syntax of a matcher before.
  expect(routed.trim().split('\n').at(-1)).toBe(receiver);
});

test('inhibition rules of the options and of the native configuration are accepted by amtool', () => {
  const rule = { source_match: { alertname: 'Down' }, target_match: { severity: 'warning' } };
  const receivers = [{ kind: 'slack' as const, name: 'it', url: secret('slack') }];
  const alerting = { receivers, defaultReceiver: 'it', config: { inhibit_rules: [rule] } };
  expect(amtoolOn(filesOf(alerting)['alertmanager.yml']!)).toMatch(/2 inhibit rules/);
});

test.each([
  ['headers: { subject: a, Subject: b }', /duplicate header "Subject"/],
  [
    'headers: { References: a }, threading: { enabled: true, thread_by_date: none }',
    /conflicts with custom References header/,
  ],
  ['headers: { Subject: a }, html:, tls_config:', undefined],
])('amtool judges mail with %s as synth does', (text, fault) => {
  const mail = `{ to: a@b.de, from: a@b.de, smarthost: 'smtp.example.com:587', ${text} }`;
  const config = parse(
    `route: { receiver: it, routes: }\nreceivers: [{ name: it, email_configs: [${mail}] }]`,
  );
  expect(verdictOn(stringify(config))).toMatch(fault ?? /SUCCESS/);
  const { findings } = validate(
    { ...minimal, alerting: { config } },
    'test',
    'environments/test.ts',
  );
  expect(findings).toHaveLength(fault ? 1 : 0);
});
