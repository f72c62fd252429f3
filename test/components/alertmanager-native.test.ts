import { describe, expect, test } from 'vitest';
import configuration from '../../src/checks/files/configuration.js';
import { readme } from '../../src/output/readme.js';
import { inputOf, type Mutable } from '../checks/input.js';
import { type Alerting, complete, configOf, secret, stackOf } from './alertmanager-native.js';

describe('a native configuration', () => {
  const config = configOf(complete);

  test('is written as it is, with files instead of references, after the route of the Watchdog', () => {
    const { global, route, receivers, inhibit_rules, time_intervals } = config;
    const given = complete.config!;
    expect(global).toEqual({
      ...given.global,
      slack_api_url: undefined,
      slack_api_url_file: '/etc/crowsnest/secrets/alertmanager/slack',
    });
    const [watchdog, ...routes] = route.routes;
    expect(watchdog).toMatchObject({ matchers: ['alertname="Watchdog"'], receiver: 'nobody' });
    expect({ ...route, routes }).toEqual(given.route);
    expect(inhibit_rules).toEqual(given.inhibit_rules);
    expect(time_intervals).toEqual(given.time_intervals);
    expect(receivers.map(({ name }: Mutable) => name)).toEqual([
      'nobody',
      'web.hook',
      'Team A / critical',
      'prometheus',
      'null',
    ]);
    expect(config.templates).toEqual(['/etc/alertmanager/*.tmpl']);
  });

  test('has no findings of the check that validates files', () => {
    expect(configuration.run(inputOf(stackOf(complete)))).toEqual([]);
  });

  test('connects to the servers of each receiver, also to those in global', () => {
    const { parties } = stackOf(complete);
    const found = parties
      .filter(({ endpoints }) =>
        Object.values(endpoints).some(({ offers }) =>
          offers.some(({ capability }) => capability === 'notifications'),
        ),
      )
      .map(({ name, endpoints, workloads }) => [
        name,
        Object.values(endpoints).map(({ host, port, workload }) => `${workload} ${host}:${port}`),
        Object.values(workloads).map((one) =>
          one.kind === 'pods' ? one.namespace : (one as Mutable).cidrs[0],
        ),
      ]);
    expect(found).toEqual([
      ['web-hook', ['web-hook bot.tools.svc:5001'], ['tools']],
      [
        'team-a-critical',
        ['team-a-critical 192.168.1.10:25', 'team-a-critical-2 undefined:443'],
        ['192.168.1.10/32', '0.0.0.0/0'],
      ],
      ['prometheus-receiver', ['prometheus api.opsgenie.com:443'], ['0.0.0.0/0']],
    ]);
  });

  test('is described in the generated README', () => {
    const text = readme(stackOf(complete));
    expect(text).toContain(
      '| `Team A / critical` | `severity="page"` | as configured | `email_configs` and `slack_configs` | `slack` of `alertmanager` |',
    );
    expect(text).toContain('| `null` | `team=~"a\\|b"`; ');
  });
});

describe('inhibition rules', () => {
  const rule = { source_match: { alertname: 'Down' }, target_match: { severity: 'warning' } };
  const receivers: Alerting['receivers'] = [{ kind: 'slack', name: 'it', url: secret('slack') }];
  const rulesOf = (config: Alerting['config']): Mutable[] | undefined =>
    configOf(config?.route ? { config } : { receivers, defaultReceiver: 'it', config })
      .inhibit_rules;
  const [own] = rulesOf(undefined)!;

  test('without routes are added to that of the stack', () => {
    expect(own.source_matchers).toEqual(['severity="critical"', 'subject!=""', 'reach!="all"']);
    expect(rulesOf({ inhibit_rules: [rule] })).toEqual([rule, own]);
    expect(rulesOf({ inhibit_rules: [] })).toEqual([own]);
    expect(rulesOf({ time_intervals: [] })).toEqual([own]);
  });

  test('with routes are as they are written', () => {
    const native = { route: { receiver: 'it' }, receivers: [{ name: 'it' }] };
    expect(rulesOf({ ...native, inhibit_rules: [rule] })).toEqual([rule]);
    expect(rulesOf(native)).toBeUndefined();
  });
});

describe('the alert Watchdog', () => {
  const first = (routes: object[], more: Partial<Alerting> = {}): Mutable =>
    configOf({
      config: {
        route: { receiver: 'it', routes: routes as never },
        receivers: [{ name: 'it' }, { name: 'other' }],
      },
      ...more,
    }).route.routes[0];
  const named = [
    { match: { alertname: 'Watchdog' }, receiver: 'other' },
    { match_re: { alertname: 'Watchdog|InfoInhibitor' }, receiver: 'other' },
    { matchers: ['alertname = "Watchdog"'], receiver: 'other' },
    { matchers: ['a="b"'], routes: [{ matchers: ['alertname=~"Watch.+"'], receiver: 'other' }] },
  ];

  test.each(named)('keeps the route that names it: %j', (route) => {
    expect(first([route])).toEqual(route);
  });

  test.each([{ match_re: { alertname: '.*' } }, { match: { severity: 'none' } }])(
    'has its own route before a route that does not name it: %j',
    (route) => {
      expect(first([{ ...route, receiver: 'other' }])).toMatchObject({ receiver: 'nobody' });
    },
  );

  test('calls the dead man’s switch in any case', () => {
    expect(first(named, { deadMansSwitch: { url: secret('switch') } })).toMatchObject({
      receiver: 'dead-mans-switch',
    });
  });
});

describe('names of receivers', () => {
  const partiesOf = (...names: string[]): string[] =>
    stackOf({
      receivers: names.map((name) => ({ kind: 'slack', name, url: secret('slack') })),
      defaultReceiver: names[0]!,
    })
      .parties.map(({ name }) => name)
      .slice(-names.length);

  test('can be any text; those of their parties are valid and unique', () => {
    expect(partiesOf('web.hook', 'Web Hook', 'Équipe №1', '通知', '—', 'grafana')).toEqual([
      'web-hook',
      'web-hook-2',
      'e-quipe-no1',
      'receiver',
      'receiver-2',
      'grafana-receiver',
    ]);
  });
});

describe('exceptions', () => {
  const mail = {
    to: 'a@example.com',
    from: 'b@example.com',
    smarthost: 'smtp.example.com:25',
    require_tls: false,
  };
  const http_config = { tls_config: { insecure_skip_verify: true } };
  const alerting: Alerting = {
    receivers: [
      {
        kind: 'raw',
        name: 'it',
        config: { email_configs: [mail], webhook_configs: [{ url: secret('hook'), http_config }] },
      },
    ],
    defaultReceiver: 'it',
    plainSmtp: 'the server of this network has no TLS',
    unverified: 'the certificate is self-signed until May',
  };

  test('are listed in the generated README with their reasons', () => {
    const text = readme(stackOf(alerting));
    expect(text).toContain(
      '**Mail is sent without TLS**, and everybody on its way can read it: the server of this network has no TLS.',
    );
    expect(text).toContain(
      'The certificate of it is not verified: the certificate is self-signed until May.',
    );
  });

  test('are rejected in the file if the options do not state them', () => {
    const stack = stackOf(alerting);
    expect(configuration.run(inputOf(stack))).toEqual([]);
    const { plainSmtp, unverified, ...others } = alerting;
    const plain = stackOf({ ...others, receivers: [{ kind: 'raw', name: 'it', config: {} }] });
    const [config] = stack.manifests.filter(
      ({ object }) => object.metadata.name === 'crowsnest-alertmanager-config',
    );
    const manifests = plain.manifests.map((one) =>
      one.object.metadata.name === config!.object.metadata.name
        ? { ...one, object: config!.object }
        : one,
    );
    expect(configuration.run(inputOf(plain, { manifests })).map(({ remedy }) => remedy)).toEqual([
      'Set it to a receiver that sends mail with TLS: require_tls: true.',
    ]);
  });
});
