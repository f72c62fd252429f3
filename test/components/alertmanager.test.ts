import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  type AlertmanagerOptions,
  alertmanager,
} from '../../src/components/alertmanager/alertmanager.js';
import type { Alerting } from '../../src/config/alerting.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { sizings } from '../../src/environment/sizing.js';
import { validate } from '../../src/environment/validate.js';
import { full } from '../checks/full.js';
import type { Mutable } from '../checks/input.js';
import type { Whole } from '../checks/whole.js';
import { build, minimal } from '../environment.js';
import { shippedBy } from '../model/vocabulary/shipped.js';
import { publishedAs } from './published.js';
import { differences } from './review.js';
import { type Synthesis, synthesize } from './synthesis.js';

const { small } = sizings;

type AlertingOptions = NonNullable<EnvironmentOptions['alerting']>;
type ReceiverOptions = NonNullable<AlertingOptions['receivers']>[number];

/** The valid form of the alerting options. */
const valid = (alerting: AlertingOptions): Alerting => {
  const { environment } = validate({ ...minimal, alerting }, 'test', 'environments/test.ts');
  return environment!.alerting!;
};

const least: AlertmanagerOptions = { size: small.alertmanager };

const all: Whole<Omit<AlertmanagerOptions, 'alerting'>> & Pick<AlertmanagerOptions, 'alerting'> = {
  size: { cpu: '60m', memory: '200Mi', memoryLimit: '600Mi', replicas: 3, volume: '8Gi' },
  claimTemplate: '5Gi',
  certificateAuthority: { configMap: 'trusted-ca', key: 'ca.crt' },
  alerting: valid(full.alerting),
  published: publishedAs('alertmanager'),
  awsRole: { kind: 'pod-identity' },
  readmeSections: ['## Role of AWS for Alertmanager'],
};

/** Alertmanager with one receiver in an environment with the same options. */
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

const configOf = ({ objects }: Synthesis): Mutable =>
  parse(objects.find(({ kind }) => kind === 'ConfigMap')!.data['alertmanager.yml']);

const statefulSetOf = ({ objects }: Synthesis): Mutable =>
  objects.find(({ kind }) => kind === 'StatefulSet')!;

const argsOf = (synthesis: Synthesis): string[] =>
  statefulSetOf(synthesis).spec.template.spec.containers[0].args;

const alone = synthesize(alertmanager(least));

test.each<[string, Synthesis]>([
  ['default', alone],
  ['all', synthesize(alertmanager(all), full)],
])('the manifests of alertmanager match the snapshot: %s', async (name, { review }) => {
  await expect(review).toMatchFileSnapshot(`./snapshots/alertmanager-${name}.yaml`);
});

test('three replicas differ from one replica by their mesh', () => {
  const mesh = synthesize(alertmanager({ size: { ...small.alertmanager, replicas: 3 } }));
  expect(differences(alone.objects, mesh.objects)).toMatchInlineSnapshot(`
    "Service crowsnest/crowsnest-alertmanager
      + spec ports mesh-tcp: { name: mesh-tcp, port: 9094, protocol: TCP, targetPort: mesh-tcp }
      + spec ports mesh-udp: { name: mesh-udp, port: 9094, protocol: UDP, targetPort: mesh-udp }
    Service crowsnest/crowsnest-alertmanager-peers
      + spec ports mesh-tcp: { name: mesh-tcp, port: 9094, protocol: TCP, targetPort: mesh-tcp }
      + spec ports mesh-udp: { name: mesh-udp, port: 9094, protocol: UDP, targetPort: mesh-udp }
    StatefulSet crowsnest/crowsnest-alertmanager
      - spec replicas: 1
      + spec replicas: 3
      - spec template spec containers alertmanager args --cluster.listen-address=
      + spec template spec containers alertmanager args --cluster.listen-address=:9094
      + spec template spec containers alertmanager args "--cluster.advertise-address=[$(POD_IP)]:9094"
      + spec template spec containers alertmanager args --cluster.peer=crowsnest-alertmanager-0.crowsnest-alertmanager-peers.crowsnest.svc:9094
      + spec template spec containers alertmanager args --cluster.peer=crowsnest-alertmanager-1.crowsnest-alertmanager-peers.crowsnest.svc:9094
      + spec template spec containers alertmanager args --cluster.peer=crowsnest-alertmanager-2.crowsnest-alertmanager-peers.crowsnest.svc:9094
      + spec template spec containers alertmanager args --cluster.label=test/crowsnest/crowsnest-alertmanager
      + spec template spec containers alertmanager ports mesh-tcp: { containerPort: 9094, name: mesh-tcp, protocol: TCP }
      + spec template spec containers alertmanager ports mesh-udp: { containerPort: 9094, name: mesh-udp, protocol: UDP }
      + spec template spec containers alertmanager env: [ { name: POD_IP, valueFrom: { fieldRef: { apiVersion: v1, fieldPath: status.podIP } } } ]
      + spec template spec topologySpreadConstraints: [ { labelSelector: { matchLabels: { app.kubernetes.io/component: alertmanager, app.kubernetes.io/instance: crowsnest, app.kubernetes.io/name: alertmanager } }, maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway }, { labelSelector: { matchLabels: { app.kubernetes.io/component: alertmanager, app.kubernetes.io/instance: crowsnest, app.kubernetes.io/name: alertmanager } }, maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway } ]
    + PodDisruptionBudget crowsnest/crowsnest-alertmanager
      + spec: { maxUnavailable: 1, selector: { matchLabels: { app.kubernetes.io/component: alertmanager, app.kubernetes.io/instance: crowsnest, app.kubernetes.io/name: alertmanager } }, unhealthyPodEvictionPolicy: AlwaysAllow }
    + PersistentVolumeClaim crowsnest/data-crowsnest-alertmanager-1
      + metadata: { annotations: { argocd.argoproj.io/sync-options: "Prune=false,Delete=false", kustomize.toolkit.fluxcd.io/prune: disabled } }
      + spec: { accessModes: [ ReadWriteOnce ], resources: { requests: { storage: 1Gi } }, storageClassName: standard }
    + PersistentVolumeClaim crowsnest/data-crowsnest-alertmanager-2
      + metadata: { annotations: { argocd.argoproj.io/sync-options: "Prune=false,Delete=false", kustomize.toolkit.fluxcd.io/prune: disabled } }
      + spec: { accessModes: [ ReadWriteOnce ], resources: { requests: { storage: 1Gi } }, storageClassName: standard }"
  `);
});

test('a native receiver adds only its configuration', () => {
  expect(differences(alone.objects, telling(receivers.at(-1)!).objects)).toMatchInlineSnapshot(`
    "ConfigMap crowsnest/crowsnest-alertmanager-config
      - data alertmanager.yml route receiver: nobody
      + data alertmanager.yml route receiver: it
      + data alertmanager.yml route routes it: { matchers: [ reach="all" ], receiver: it }
      + data alertmanager.yml receivers it: { name: it, telegram_configs: [ { send_resolved: true, bot_token_file: /etc/crowsnest/secrets/alertmanager/it, chat_id: 1 } ] }
    StatefulSet crowsnest/crowsnest-alertmanager
      + spec template spec containers alertmanager volumeMounts /etc/crowsnest/secrets/alertmanager: { mountPath: /etc/crowsnest/secrets/alertmanager, name: secret-alertmanager, readOnly: true }
      + spec template spec volumes secret-alertmanager: { name: secret-alertmanager, secret: { secretName: alertmanager } }"
  `);
});

test('a proxy adds only its address', () => {
  expect(differences(telling(slack).objects, proxied.objects)).toMatchInlineSnapshot(`
    "ConfigMap crowsnest/crowsnest-alertmanager-config
      + data alertmanager.yml global: { http_config: { proxy_url: http://proxy.example.com:3128 } }"
  `);
});

describe.each(receivers)('a receiver of the kind $kind', (receiver) => {
  const synthesis = telling(receiver);

  test('reads its secret from a file of a Secret, which it mounts', () => {
    const receivers = JSON.stringify(configOf(synthesis).receivers);
    expect(receivers).toMatch(/_file":"\/etc\/crowsnest\/secrets\/alertmanager\/it"/);
    expect(statefulSetOf(synthesis).spec.template.spec.volumes).toContainEqual({
      name: 'secret-alertmanager',
      secret: { secretName: 'alertmanager' },
    });
  });

  test('notifies about resolved alerts by default', () => {
    const ended = (one: Synthesis) =>
      Object.values<Mutable>(
        configOf(one).receivers.find(({ name }: Mutable) => name === 'it'),
      )[1][0].send_resolved;
    expect(ended(synthesis)).toBe(true);
    expect(ended(telling({ ...receiver, sendResolved: false }))).toBe(false);
  });
});

describe('the receiver', () => {
  const { route, receivers, inhibit_rules, global } = configOf(synthesize(alertmanager(all), full));

  test('is nobody if no receiver is configured', () => {
    const config = configOf(synthesize(alertmanager(least)));
    expect(config.receivers).toEqual([{ name: config.route.receiver }]);
  });

  test('of the Watchdog is only the dead man’s switch, repeatedly', () => {
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

  test('of the Watchdog is nobody if there is no dead man’s switch', () => {
    expect(configOf(telling(slack)).route.routes[0].receiver).toBe(
      configOf(synthesize(alertmanager(least))).route.receiver,
    );
  });

  test('is that of the first matching route, otherwise the default one', () => {
    const grouped = {
      group_by: ['...'],
      group_wait: '10s',
      group_interval: '2m',
      repeat_interval: '8h',
    };
    expect(route.receiver).toBe('channel');
    expect(route.routes.at(-1)).toEqual({ matchers: ['severity="info"'], receiver: 'nobody' });
    expect(route.routes.at(-2)).toMatchObject({ receiver: 'channel' });
    expect(route.routes.at(-3)).toEqual({
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
        { matchers: ['alertname=~"Prometheus.*"'], receiver: 'hook' },
      ],
    });
  });

  test('of alerts about failing notifications is every receiver, before any other route', () => {
    const toAll = route.routes.slice(1, 6);
    expect(toAll.map(({ receiver }: Mutable) => receiver)).toEqual([
      'hook',
      'channel',
      'teams',
      'on-call',
      'mail',
    ]);
    expect(toAll.map((one: Mutable) => one.continue)).toEqual([true, true, true, true, undefined]);
    for (const { matchers } of toAll) expect(matchers).toEqual(['reach="all"']);
  });

  test('has a unique name', () => {
    const names = receivers.map(({ name }: { name: string }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const one of [route, ...route.routes]) expect(names).toContain(one.receiver);
  });

  test('is reached through the proxy if there is one', () => {
    expect(global.http_config.proxy_url).toBe('http://proxy.example.com:3128');
    expect(configOf(telling(slack))).not.toHaveProperty('global');
  });

  test('gets a critical alert, but not a warning about the same subject', () => {
    expect(inhibit_rules).toMatchObject([
      {
        source_matchers: ['severity="critical"', 'subject!=""', 'reach!="all"'],
        target_matchers: ['severity="warning"'],
        equal: expect.arrayContaining(['subject', 'namespace', 'instance']),
      },
    ]);
  });
});

describe('a notification', () => {
  const url = 'https://alertmanager.example.com/';
  const linked = (published?: { readonly url: string }) =>
    JSON.stringify(
      configOf(
        synthesize(alertmanager({ ...least, alerting: valid(full.alerting), published }), full),
      ).receivers,
    );

  test('links to the external URL of Alertmanager, and to nothing if there is none', () => {
    expect(linked({ url })).toContain('__alertmanagerURL');
    expect(linked()).not.toContain('__alertmanagerURL');
  });

  test.each(['runbook_url', 'dashboard_url', 'summary', 'description', 'severity', 'StartsAt'])(
    'of each kind has the %s of its alerts',
    (field) => {
      const kinds = configOf(synthesize(alertmanager(all), full)).receivers.filter(
        ({ name }: Mutable) => ['channel', 'teams', 'on-call', 'mail'].includes(name),
      );
      expect(kinds).toHaveLength(4);
      for (const one of kinds) expect(JSON.stringify(one)).toContain(field);
    },
  );
});

describe('three replicas', () => {
  const three = build({ ...minimal, alertmanager: { replicas: 3 } });
  const { policy, object, objects } = shippedBy(three);
  const args: string[] = object('StatefulSet', 'crowsnest-alertmanager', 'crowsnest').spec.template
    .spec.containers[0].args;

  test('can connect to each other over TCP and UDP, in both directions', () => {
    const { ingress, egress } = policy('crowsnest-alertmanager');
    expect(ingress).toContain('TCP 9094, UDP 9094 from crowsnest/alertmanager');
    expect(egress).toContain('TCP 9094, UDP 9094 to crowsnest/alertmanager');
  });

  test('reject the packets of another mesh', () => {
    expect(args).toContain('--cluster.label=test/crowsnest/crowsnest-alertmanager');
  });

  test('allow no other party into the mesh', () => {
    const { ingress } = policy('crowsnest-alertmanager');
    expect(ingress.filter((line) => line.includes('9094'))).toHaveLength(1);
  });

  test('listen on both protocols of the port', () => {
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

  test('use the names that their Service gives them', () => {
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

  test('have their own volumes, and are evicted one at a time', () => {
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

  test('has no mesh: no port and no rule for it, but the Service that a later second replica needs', () => {
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

describe('a change of the configuration', () => {
  const digest = (synthesis: Synthesis): string =>
    statefulSetOf(synthesis).spec.template.metadata.annotations['crowsnest/restart-on'];

  test('restarts the pods, which read it only at their start', () => {
    expect(digest(telling(slack))).toMatch(/^[0-9a-f]{16}$/);
    expect(digest(telling({ ...slack, channel: '#other' }))).not.toBe(digest(telling(slack)));
  });

  test('loses no silence: they are written to the volume every minute and at each stop', () => {
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

test('links lead to the external URL or a port-forward, and the server serves below its path', () => {
  expect(argsOf(synthesize(alertmanager(all), full))).toEqual(
    expect.arrayContaining([
      '--web.external-url=https://ops.example.com/alertmanager',
      '--web.route-prefix=/alertmanager',
    ]),
  );
  expect(argsOf(synthesize(alertmanager(least)))).toContain(
    '--web.external-url=http://localhost:9093/',
  );
});

test('it does not use the Kubernetes API', () => {
  const { objects } = synthesize(alertmanager(all), full);
  expect(objects.filter(({ kind }) => /Role/.test(kind))).toEqual([]);
});
