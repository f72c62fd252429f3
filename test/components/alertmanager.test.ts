import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  type AlertmanagerOptions,
  alertmanager,
} from '../../src/components/alertmanager/alertmanager.js';
import type { Alerting } from '../../src/config/alerting.js';
import type { EnvironmentOptions } from '../../src/config/environment.js';
import { sizings } from '../../src/config/sizing.js';
import { validate } from '../../src/config/validate.js';
import { full } from '../checks/full.js';
import type { Spoilt } from '../checks/input.js';
import type { Whole } from '../checks/whole.js';
import { build, minimal } from '../environment.js';
import { shippedBy } from '../model/vocabulary/shipped.js';
import { type Synthesis, synthesize } from './synthesis.js';

const { small, medium } = sizings;

type AlertingOptions = NonNullable<EnvironmentOptions['alerting']>;
type ReceiverOptions = AlertingOptions['receivers'][number];

/** The valid form of what an environment says of alerting. */
const valid = (alerting: AlertingOptions): Alerting => {
  const { environment } = validate({ ...minimal, alerting }, 'test', 'environments/test.ts');
  return environment!.alerting!;
};

const least: AlertmanagerOptions = { size: small.alertmanager };

const all: Whole<Omit<AlertmanagerOptions, 'alerting'>> & Pick<AlertmanagerOptions, 'alerting'> = {
  size: { cpu: '60m', memory: '200Mi', memoryLimit: '600Mi', replicas: 3, volume: '8Gi' },
  alerting: valid(full.alerting),
  externalUrl: 'https://alertmanager.example.com/',
};

/** Alertmanager with nobody but one receiver, in an environment that says the same. */
const telling = (receiver: ReceiverOptions, more: Partial<AlertingOptions> = {}): Synthesis => {
  const alerting = { receivers: [receiver], defaultReceiver: 'it', ...more };
  return synthesize(alertmanager({ ...least, alerting: valid(alerting) }), {
    ...minimal,
    alerting,
  });
};

const at = { kind: 'addresses' as const, cidrs: ['192.0.2.0/28'] };
const secret = { secret: 'alertmanager', key: 'it' };
const slack = { kind: 'slack' as const, name: 'it', url: secret, channel: '#alerts' };

const receivers: ReceiverOptions[] = [
  { kind: 'webhook', name: 'it', url: secret, port: 8443, at },
  slack,
  { kind: 'msteams', name: 'it', url: secret },
  { kind: 'pagerduty', name: 'it', routingKey: secret },
  {
    kind: 'email',
    name: 'it',
    to: 'platform@example.com',
    from: 'alerts@example.com',
    smtp: { host: 'smtp.example.com', username: 'alerts', password: secret },
  },
  {
    kind: 'raw',
    name: 'it',
    config: { telegram_configs: [{ bot_token: secret, chat_id: 1 }] },
  },
];

const proxied = telling(slack, {
  proxy: { url: 'http://proxy.example.com:3128', at },
});

const configOf = ({ objects }: Synthesis): Spoilt =>
  parse(objects.find(({ kind }) => kind === 'ConfigMap')!.data['alertmanager.yml']);

const statefulSetOf = ({ objects }: Synthesis): Spoilt =>
  objects.find(({ kind }) => kind === 'StatefulSet')!;

const argsOf = (synthesis: Synthesis): string[] =>
  statefulSetOf(synthesis).spec.template.spec.containers[0].args;

test.each<[string, Synthesis]>([
  ['default', synthesize(alertmanager(least))],
  ['all', synthesize(alertmanager(all), full)],
  ['mesh', synthesize(alertmanager({ size: medium.alertmanager }))],
  ...receivers.map((one): [string, Synthesis] => [one.kind, telling(one)]),
  ['proxy', proxied],
])('alertmanager in the case of %s ships as reviewed', async (name, { yaml }) => {
  await expect(yaml).toMatchFileSnapshot(`./snapshots/alertmanager-${name}.yaml`);
});

describe.each(receivers)('a receiver of the kind $kind', (receiver) => {
  const synthesis = telling(receiver);

  test('reads its secret from the file of a Secret, which it mounts', () => {
    const receivers = JSON.stringify(configOf(synthesis).receivers);
    expect(receivers).toMatch(/_file":"\/etc\/crowsnest\/secrets\/alertmanager\/it"/);
    expect(statefulSetOf(synthesis).spec.template.spec.volumes).toContainEqual({
      name: 'secret-alertmanager',
      secret: { secretName: 'alertmanager' },
    });
  });

  test('tells of the end of an alert unless told otherwise', () => {
    const ended = (one: Synthesis) =>
      Object.values<Spoilt>(configOf(one).receivers.find(({ name }: Spoilt) => name === 'it'))[1][0]
        .send_resolved;
    expect(ended(synthesis)).toBe(true);
    expect(ended(telling({ ...receiver, sendResolved: false }))).toBe(false);
  });
});

describe('whom it tells', () => {
  const { route, receivers, inhibit_rules, global } = configOf(synthesize(alertmanager(all), full));

  test('is nobody where no receiver is known', () => {
    const config = configOf(synthesize(alertmanager(least)));
    expect(config.receivers).toEqual([{ name: config.route.receiver }]);
  });

  test('is the dead man’s switch of the Watchdog alone, again and again', () => {
    const [first] = route.routes;
    expect(first).toMatchObject({
      matchers: ['alertname="Watchdog"'],
      receiver: 'dead-mans-switch',
      repeat_interval: '5m',
    });
    expect(first).not.toHaveProperty('continue');
    expect(receivers).toContainEqual({
      name: 'dead-mans-switch',
      webhook_configs: [
        { url_file: '/etc/crowsnest/secrets/alertmanager/dead-mans-switch', send_resolved: false },
      ],
    });
  });

  test('is nobody of the Watchdog where there is no such switch', () => {
    expect(configOf(telling(slack)).route.routes[0].receiver).toBe(
      configOf(synthesize(alertmanager(least))).route.receiver,
    );
  });

  test('is the receiver of the first route that matches, and else the default one', () => {
    const grouped = {
      group_by: ['...'],
      group_wait: '10s',
      group_interval: '2m',
      repeat_interval: '8h',
    };
    expect(route.receiver).toBe('channel');
    expect(route.routes.at(-1)).toEqual({ matchers: ['severity="info"'], receiver: 'nobody' });
    expect(route.routes.at(-2)).toEqual({
      matchers: ['severity="critical"', 'namespace=~"platform|data"'],
      receiver: 'on-call',
      continue: true,
      group_by: ['alertname', 'namespace'],
      group_wait: '0s',
      group_interval: '1m',
      repeat_interval: '4h',
      routes: [
        { matchers: ['namespace="data"'], receiver: 'teams', ...grouped },
        { matchers: ['region="eu"', 'subject="targets"'], receiver: 'mail', ...grouped },
        { matchers: ['alertname=~"Prometheus.*"'], receiver: 'hook', ...grouped },
      ],
    });
  });

  test('is known under a name of its own', () => {
    const names = receivers.map(({ name }: { name: string }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const one of [route, ...route.routes]) expect(names).toContain(one.receiver);
  });

  test('is told through the proxy where there is one', () => {
    expect(global.http_config.proxy_url).toBe('http://proxy.example.com:3128');
    expect(configOf(telling(slack))).not.toHaveProperty('global');
  });

  test('is told of a critical alert, and not of a warning about the same', () => {
    expect(inhibit_rules).toMatchObject([
      {
        source_matchers: ['severity="critical"'],
        target_matchers: ['severity="warning"'],
        equal: expect.arrayContaining(['subject', 'namespace', 'instance']),
      },
    ]);
  });
});

describe('three replicas', () => {
  const three = build({ ...minimal, alertmanager: { replicas: 3 } });
  const { policy, object, objects } = shippedBy(three);
  const args: string[] = object('StatefulSet', 'crowsnest-alertmanager', 'crowsnest').spec.template
    .spec.containers[0].args;

  test('may talk to each other over TCP and UDP, in both directions', () => {
    const { ingress, egress } = policy('crowsnest-alertmanager');
    expect(ingress).toContain('TCP 9094, UDP 9094 from crowsnest/alertmanager');
    expect(egress).toContain('TCP 9094, UDP 9094 to crowsnest/alertmanager');
  });

  test('let nobody else into the mesh', () => {
    const { ingress } = policy('crowsnest-alertmanager');
    expect(ingress.filter((line) => line.includes('9094'))).toHaveLength(1);
  });

  test('listen on both protocols of its port', () => {
    expect(
      object('StatefulSet', 'crowsnest-alertmanager', 'crowsnest').spec.template.spec.containers[0]
        .ports,
    ).toEqual(
      expect.arrayContaining([
        { name: 'mesh-tcp', containerPort: 9094, protocol: 'TCP' },
        { name: 'mesh-udp', containerPort: 9094, protocol: 'UDP' },
      ]),
    );
  });

  test('know each other by the names that their Service gives them', () => {
    const peers = object('Service', 'crowsnest-alertmanager-peers', 'crowsnest');
    const { serviceName } = object('StatefulSet', 'crowsnest-alertmanager', 'crowsnest').spec;
    expect(serviceName).toBe(peers.metadata.name);
    expect(args.filter((one) => one.startsWith('--cluster.peer='))).toEqual(
      [0, 1, 2].map(
        (ordinal) =>
          `--cluster.peer=crowsnest-alertmanager-${ordinal}.${serviceName}.crowsnest.svc:9094`,
      ),
    );
    expect(args).toContain('--cluster.advertise-address=[$(POD_IP)]:9094');
  });

  test('have a volume each, and are taken away one at a time', () => {
    expect(
      objects.filter(
        ({ kind, metadata }) =>
          kind === 'PersistentVolumeClaim' && metadata.name.startsWith('data-crowsnest-alertm'),
      ),
    ).toHaveLength(3);
    expect(
      object('PodDisruptionBudget', 'crowsnest-alertmanager', 'crowsnest').spec.maxUnavailable,
    ).toBe(1);
  });
});

describe('one replica', () => {
  const one = shippedBy(build(minimal));

  test('has no mesh: no port and no rule for it, but the Service that a third one would need', () => {
    expect(argsOf(synthesize(alertmanager(least)))).toContain('--cluster.listen-address=');
    const { ingress, egress } = one.policy('crowsnest-alertmanager');
    expect([...ingress, ...egress].join()).not.toContain('9094');
    expect(
      one.objects.flatMap(({ kind, metadata }) =>
        kind === 'Service' && metadata.name.includes('alertmanager') ? metadata.name : [],
      ),
    ).toEqual(['crowsnest-alertmanager', 'crowsnest-alertmanager-peers']);
  });
});

describe('a change of its configuration', () => {
  const digest = (synthesis: Synthesis): string =>
    statefulSetOf(synthesis).spec.template.metadata.annotations['crowsnest/restart-on'];

  test('rolls the pods, which read it only at their start', () => {
    expect(digest(telling(slack))).toMatch(/^[0-9a-f]{16}$/);
    expect(digest(telling({ ...slack, channel: '#other' }))).not.toBe(digest(telling(slack)));
  });

  test('loses no silence: they are on the volume, written every minute and at each stop', () => {
    const synthesis = telling(slack);
    expect(argsOf(synthesis)).toEqual(
      expect.arrayContaining(['--storage.path=/alertmanager', '--data.maintenance-interval=1m']),
    );
    expect(statefulSetOf(synthesis).spec.template.spec.containers[0].volumeMounts).toContainEqual({
      name: 'data',
      mountPath: '/alertmanager',
    });
  });
});

test('links lead to the external URL or a port-forward, and the server stays at its root', () => {
  expect(argsOf(synthesize(alertmanager(all), full))).toEqual(
    expect.arrayContaining([
      '--web.external-url=https://alertmanager.example.com/',
      '--web.route-prefix=/',
    ]),
  );
  expect(argsOf(synthesize(alertmanager(least)))).toContain(
    '--web.external-url=http://localhost:9093/',
  );
});

test('it asks nothing of the Kubernetes API', () => {
  const { objects } = synthesize(alertmanager(all), full);
  expect(objects.filter(({ kind }) => /Role/.test(kind))).toEqual([]);
});
