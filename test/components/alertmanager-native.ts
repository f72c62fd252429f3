import { parse } from 'yaml';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import type { Mutable } from '../checks/input.js';
import { build, minimal } from '../environment.js';
import { shippedBy } from '../model/vocabulary/shipped.js';

export type Alerting = NonNullable<EnvironmentOptions['alerting']>;

export const secret = (key: string) => ({ secret: 'alertmanager', key });
const pods = { kind: 'pods' as const, namespace: 'tools', labels: { app: 'bot' } };

/** An alertmanager.yml as users have it: old and new matchers, names of any form, global values. */
export const complete: Alerting = {
  config: {
    global: {
      slack_api_url: secret('slack'),
      smtp_smarthost: '192.168.1.10:25',
      smtp_from: 'a@example.com',
    },
    route: {
      receiver: 'web.hook',
      group_by: ['alertname'],
      continue: false,
      routes: [
        { match: { severity: 'page' }, receiver: 'Team A / critical', continue: true },
        { match_re: { team: 'a|b' }, receiver: 'null' },
        {
          matchers: ['{team="c", owner=~"x.*"}'],
          receiver: 'prometheus',
          mute_time_intervals: ['nights'],
        },
        { matchers: ['alertname=JobFailed'], receiver: 'nobody' },
        { matchers: ["team='quoted value'"], routes: [{ match: { a: 'b' }, receiver: 'null' }] },
      ],
    },
    inhibit_rules: [
      { source_match: { severity: 'page' }, target_match_re: { severity: 'warning|info' } },
    ],
    receivers: [
      { name: 'web.hook', webhook_configs: [{ url: 'http://bot.tools.svc:5001/hook' }] },
      {
        name: 'Team A / critical',
        slack_configs: [{ channel: '#a' }, { channel: '#b' }],
        email_configs: [{ to: 'b@example.com' }],
      },
      {
        name: 'prometheus',
        opsgenie_configs: [{ api_key: secret('opsgenie') }, { api_key: secret('other') }],
      },
      { name: 'null' },
    ],
    time_intervals: [
      {
        name: 'nights',
        time_intervals: [
          { weekdays: ['monday:friday'], days_of_month: [1, '-3:-1'], months: [1, 'may:june'] },
        ],
      },
    ],
  },
  templates: { 'slack.tmpl': '{{ define "shop.title" }}{{ .Status }}{{ end }}' },
  servers: [{ host: 'bot.tools.svc', at: pods }],
};

export const stackOf = (alerting: Alerting) => build({ ...minimal, alerting });
export const filesOf = (alerting: Alerting): Record<string, string> =>
  shippedBy(stackOf(alerting)).object('ConfigMap', 'crowsnest-alertmanager-config', 'crowsnest')
    .data;
export const configOf = (alerting: Alerting): Mutable =>
  parse(filesOf(alerting)['alertmanager.yml']!);
