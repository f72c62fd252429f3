import { beforeAll, describe, expect, test } from 'vitest';
import {
  type ApplicationOptions,
  application,
} from '../../src/applications/declared/application.js';
import { postgres, redis } from '../../src/applications/declared/database.js';
import type { CheckedProject } from '../../src/check-project.js';
import { availability, latency } from '../../src/content/objective/objective.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import type { Finding } from '../../src/model/finding.js';
import { offer } from '../../src/model/offer.js';
import type { Party } from '../../src/model/party.js';
import { filesOf } from '../../src/synthesize.js';
import { emptyDashboard, minimal } from '../environment.js';
import { shippedBy } from '../model/vocabulary/shipped.js';
import { projectWith } from './project.js';

const sessions = redis({
  host: 'sessions.shop.svc',
  at: { kind: 'pods', namespace: 'shop', labels: { app: 'sessions' } },
});

const checkout = application({
  name: 'checkout',
  namespace: 'shop',
  labels: { app: 'checkout' },
  metrics: { port: 9464 },
  traces: { configMap: true },
  health: { port: 8080, live: '/health/live', ready: '/health/ready', startup: '/health/startup' },
  dependsOn: [
    sessions,
    postgres({
      host: 'orders-db.shop.example',
      user: 'exporter',
      password: { secret: 'orders-db', key: 'password' },
      at: { kind: 'pods', namespace: 'shop', labels: { app: 'orders-db' } },
    }),
  ],
  objectives: [availability(99.9), latency(99, '250ms')],
});

const environmentWith = (...applications: NonNullable<EnvironmentOptions['applications']>) => ({
  'environments/test.ts': { ...minimal, applications },
});

describe('an application in a file', () => {
  let project: CheckedProject;
  let objects: readonly { kind: string; metadata: { name: string; namespace?: string } }[];
  beforeAll(async () => {
    project = await projectWith({ 'applications/checkout.ts': checkout });
    objects = project.stacks[0]!.manifests.map(({ object }) => object as never);
  });

  test('has no findings, not even a warning', () => {
    expect(project.findings).toEqual([]);
  });

  test('is scraped, its pages are probed, and an exporter reads its database', () => {
    expect(project.stacks[0]!.jobs).toEqual(
      expect.arrayContaining([
        'checkout',
        'postgres-exporter-orders-db',
        'probe',
        'redis-exporter-sessions',
      ]),
    );
    const text = JSON.stringify(project.stacks[0]!.manifests.map(({ object }) => object));
    for (const page of ['live', 'ready', 'startup']) {
      expect(text).toContain(`http://checkout.shop.svc:8080/health/${page}`);
    }
  });

  test('adds only a Role, its binding and the requested ConfigMap to its namespace', () => {
    const inShop = objects.filter(({ metadata }) => metadata.namespace === 'shop');
    expect(inShop.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual([
      'ConfigMap crowsnest-checkout-otel',
      'Role crowsnest-prometheus',
      'RoleBinding crowsnest-prometheus',
    ]);
  });

  test('has a dashboard with the rows that the environment can fill', () => {
    const dashboard = JSON.stringify(objects.filter(({ kind }) => kind === 'ConfigMap'));
    expect(dashboard).toContain('app-checkout.json');
  });

  test('has rules that measure its objectives, over the longest period that the retention contains', () => {
    const [tested] = project.objectives!();
    expect(tested!.name).toBe('objectives-of-checkout');
    const records = tested!.group.rules({}).recordings!.map(({ record }) => record);
    // Development keeps data for 7 days.
    expect(records).toContain('slo:sli_error:ratio_rate7d');
    expect(tested!.test).toContain('latency-250ms of checkout: no traffic');
    expect(JSON.stringify(objects)).toContain('objectives-of-checkout.yaml');
  });

  test('is in the generated README, with the variables of its spans and its Service', () => {
    const text = filesOf(project.stacks, project.inputs).test!['README.md'];
    expect(text).toContain('OTEL_SERVICE_NAME=checkout');
    expect(text).toContain(
      'OTEL_EXPORTER_OTLP_ENDPOINT=http://crowsnest-jaeger.crowsnest.svc:4317',
    );
    expect(text).toContain('| Service `shop/checkout` |');
  });
});

test('spans to an outside receiver go over TLS, to its port', async () => {
  const tempo: Party = {
    name: 'tempo',
    workloads: { tempo: { kind: 'addresses', cidrs: ['203.0.113.0/24'] } },
    endpoints: {
      otlp: {
        port: 443,
        scheme: 'https',
        host: 'tempo.example.com',
        offers: [offer('traces', { variant: 'grpc' })],
      },
    },
    consumes: [],
  };
  const { stacks, inputs } = await projectWith({
    'environments/test.ts': {
      ...minimal,
      applications: [checkout],
      parties: [tempo],
      choices: { traces: 'tempo' },
    },
  });
  // The port also if it is the default one of the scheme: that of OTLP is another one.
  expect(filesOf(stacks, inputs).test!['README.md']).toContain(
    'OTEL_EXPORTER_OTLP_ENDPOINT=https://tempo.example.com:443',
  );
});

test('a policy for the pods exists only in a namespace with default-deny policies', async () => {
  const policies = async (otherNamespaces: EnvironmentOptions['otherNamespaces']) => {
    const { stacks } = await projectWith({
      'environments/test.ts': { ...minimal, otherNamespaces, applications: [checkout] },
    });
    return stacks[0]!.manifests
      .map(
        ({ object }) =>
          object as { kind: string; metadata: { namespace?: string }; spec?: unknown },
      )
      .filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.namespace === 'shop');
  };
  expect(await policies({})).toEqual([]);
  const selected = await policies({ shop: { isolation: 'default-deny' } });
  expect(selected.map(({ spec }) => spec)).toMatchObject([
    { podSelector: { matchLabels: { app: 'orders-db' } } },
    { podSelector: { matchLabels: { app: 'sessions' } } },
    { podSelector: { matchLabels: { app: 'checkout' } }, policyTypes: ['Ingress', 'Egress'] },
  ]);
});

test('an environment has the applications that it lists, by name and as values', async () => {
  const jobs = async (...applications: NonNullable<EnvironmentOptions['applications']>) => {
    const { stacks } = await projectWith({
      ...environmentWith(...applications),
      'applications/checkout.ts': checkout,
      'applications/cart.ts': { ...checkout, name: 'cart' },
    });
    return stacks[0]!.jobs.filter((name) => ['cart', 'checkout', 'search'].includes(name));
  };
  expect(await jobs('cart')).toEqual(['cart']);
  expect(await jobs({ ...checkout, name: 'search' })).toEqual(['search']);
  expect(await jobs('cart', { ...checkout, name: 'search' })).toEqual(['cart', 'search']);
});

test('an environment without a receiver of spans has the rest of an application', async () => {
  const { stacks, inputs, findings } = await projectWith({
    'environments/test.ts': { ...minimal, jaeger: { enabled: false }, applications: [checkout] },
  });
  expect(findings).toEqual([]);
  expect(stacks[0]!.jobs).toContain('checkout');
  expect(filesOf(stacks, inputs).test!['README.md']).toContain(
    'checkout sends spans, which nothing in this environment receives.',
  );
});

test('the generated README lists the pages that the environment reads', async () => {
  const rowWith = async (options: Partial<EnvironmentOptions>) => {
    const { stacks, inputs } = await projectWith({
      'environments/test.ts': { ...minimal, ...options, applications: [checkout] },
    });
    const lines = filesOf(stacks, inputs).test!['README.md']!.split('\n');
    return lines.find((one) => one.startsWith('| checkout | `app=checkout`'));
  };
  expect(await rowWith({})).toMatch(/`\/metrics` \| `\/health\/live`, /);
  expect(await rowWith({ blackboxExporter: { enabled: false } })).toMatch(/`\/metrics` \| – /);
});

test('a second application with a name is told where the first one is', async () => {
  const { findings } = await projectWith({
    ...environmentWith('checkout', checkout),
    'applications/checkout.ts': checkout,
  });
  expect(findings).toMatchObject([
    {
      code: 'applications/duplicate-application',
      message: expect.stringMatching(/^applications\[1\] of \S*environments\/test\.ts declares/),
    },
  ]);
});

test('an environment without a receiver of spans leaves out the objectives of spans', async () => {
  const objectives = [availability(99.9, { of: 'spans' })];
  const spans = { ...checkout, objectives };
  // Another environment measures it, so that it is no mistake.
  const both = await projectWith({
    'environments/test.ts': { ...minimal, stack: 'first', jaeger: { enabled: false } },
    'environments/other.ts': { ...minimal, stack: 'other' },
    'applications/checkout.ts': spans,
  });
  expect(both.findings.filter(({ code }) => code.startsWith('applications/'))).toEqual([]);
  const { stacks, inputs, findings } = await projectWith({
    'environments/test.ts': { ...minimal, jaeger: { enabled: false }, applications: [spans] },
  });
  expect(findings.map(({ code }) => code)).toEqual(['applications/left-out-objective']);
  expect(JSON.stringify(stacks[0]!.manifests.map(({ object }) => object))).not.toContain('slo:');
  expect(filesOf(stacks, inputs).test!['README.md']).toContain(
    'Its objectives of spans are left out.',
  );
});

test('an environment without blackbox-exporter leaves out the pages, and the objectives of probes', async () => {
  const objectives = [availability(99.9, { of: 'probes' }), availability(99)];
  const { stacks, inputs, findings } = await projectWith({
    'environments/test.ts': {
      ...minimal,
      blackboxExporter: { enabled: false },
      applications: [{ ...checkout, objectives: objectives.slice(0, 1) }],
    },
  });
  expect(findings).toMatchObject([
    {
      code: 'applications/left-out-objective',
      severity: 'warning',
      place: { path: 'applications[0].objectives[0]' },
      message: 'No environment measures this objective: nothing probes its pages.',
    },
  ]);
  const readme = filesOf(stacks, inputs).test!['README.md']!;
  expect(readme).toContain(
    'Nothing in this environment probes the health pages of checkout. Its objectives of probes are left out.',
  );
  expect(readme).toMatch(/\| checkout \|.*port 9464, `\/metrics` \| – \|/);
});

test('two applications can depend on the same database, which has one exporter', async () => {
  const { stacks, findings } = await projectWith(
    environmentWith(checkout, { ...checkout, name: 'cart', labels: { app: 'cart' } }),
  );
  expect(findings).toEqual([]);
  expect(stacks[0]!.jobs.filter((name) => name.startsWith('redis-exporter'))).toHaveLength(1);
});

describe('the options of an application', () => {
  const shown = async (options: Partial<ApplicationOptions>) => {
    const { stacks, inputs, findings, objectives } = await projectWith({
      'applications/checkout.ts': { ...checkout, ...options },
    });
    expect(findings).toEqual([]);
    return {
      text: JSON.stringify(stacks[0]!.manifests.map(({ object }) => object)),
      readme: filesOf(stacks, inputs).test!['README.md']!,
      rules: JSON.stringify(objectives!().map(({ group }) => group.rules({}).recordings)),
    };
  };

  test('the pages are requested through another Service, at its port', async () => {
    const { text, readme } = await shown({
      health: { port: 8080, live: '/live', service: { name: 'checkout-web', port: 80 } },
    });
    expect(text).toContain('http://checkout-web.shop.svc:80/live');
    expect(readme).toContain('Service `shop/checkout-web`');
  });

  test('an SDK serves its metrics and sends only spans', async () => {
    const { readme } = await shown({ traces: { protocol: 'http', service: 'shop "checkout"' } });
    expect(readme).toContain(
      [
        'OTEL_SERVICE_NAME=shop "checkout"',
        'OTEL_TRACES_EXPORTER=otlp',
        'OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
        'OTEL_EXPORTER_OTLP_ENDPOINT=http://crowsnest-jaeger.crowsnest.svc:4318',
        'OTEL_METRICS_EXPORTER=prometheus',
        'OTEL_EXPORTER_PROMETHEUS_HOST=0.0.0.0',
        'OTEL_EXPORTER_PROMETHEUS_PORT=9464',
        'OTEL_SEMCONV_STABILITY_OPT_IN=http',
        'OTEL_LOGS_EXPORTER=none',
      ].join('\n'),
    );
  });

  test('the metrics of another library are not those of an SDK', async () => {
    const { readme } = await shown({ metrics: { port: 9464, http: 'promhttp' }, objectives: [] });
    expect(readme).toContain('OTEL_METRICS_EXPORTER=none');
  });

  test('objectives of spans select its name there, whatever characters it has', async () => {
    const { rules } = await shown({
      traces: { service: 'shop "checkout"' },
      objectives: [availability(99.9, { of: 'spans' })],
    });
    expect(JSON.parse(rules)[0][0].expr).toContain(String.raw`service_name="shop \"checkout\""`);
  });

  test('objectives count the HTTP metrics of the stated library, unless they state others', async () => {
    const { rules } = await shown({
      metrics: { port: 9464, http: 'micrometer' },
      objectives: [
        availability(99.9),
        latency(99, '250ms', { buckets: [0.25] }),
        availability(99, { name: 'old', of: 'promhttp' }),
      ],
    });
    expect(rules).toContain('http_server_requests_seconds_count');
    expect(rules).toContain('http_server_requests_seconds_bucket');
    expect(rules).toContain('http_requests_total');
    expect(rules).not.toContain('http_server_request_duration_seconds');
  });

  test('the unit of a histogram is that of its name', async () => {
    const { rules } = await shown({
      objectives: [latency(99, '300ms', { of: { histogram: 'orders_duration_milliseconds' } })],
    });
    expect(JSON.parse(rules)[0][1].expr).toContain('le="300.0"');
  });

  test('the ranges of its objectives are four scrapes of its own interval', async () => {
    const { rules } = await shown({ metrics: { port: 9464, interval: '2m' } });
    expect(rules).toContain('[8m]');
  });
});

test('a dashboard with the name of a generated one is reported, in each environment', async () => {
  const { findings } = await projectWith({
    'applications/checkout.ts': checkout,
    'dashboards/app-checkout.ts': emptyDashboard('Shop'),
  });
  expect(findings).toMatchObject([
    {
      code: 'applications/taken-name',
      place: {
        environment: 'test',
        file: expect.stringContaining('dashboards/app-checkout.ts'),
      },
      value: 'app-checkout',
    },
  ]);
});

describe('a mistake has the place of the option', () => {
  const faults = async (options: Partial<ApplicationOptions>): Promise<string[]> => {
    const { findings } = await projectWith({
      'applications/checkout.ts': { ...checkout, ...options },
    });
    return findings.map(({ code, place }: Finding) => `${code} ${place.path}`);
  };
  test.each<[string, string, object]>([
    [
      'an unknown option',
      'applications/unknown-option metrics.prot',
      { metrics: { port: 1, prot: 2 } },
    ],
    ['no port', 'applications/missing-option metrics.port', { metrics: {} }],
    ['a name that is too long', 'applications/invalid-value name', { name: 'a'.repeat(31) }],
    [
      'a path without a slash',
      'applications/invalid-value health.live',
      { health: { port: 1, live: 'a' } },
    ],
    ['health without a page', 'applications/missing-option health.live', { health: { port: 1 } }],
    [
      'nothing to observe',
      'applications/missing-option metrics',
      { metrics: undefined, traces: false, health: undefined },
    ],
    [
      'an unknown kind of database',
      'applications/invalid-value dependsOn[0].kind',
      { dependsOn: [{ kind: 'mysql', host: 'db.shop.svc' }] },
    ],
    [
      'a database without a place',
      'applications/missing-option dependsOn[0].at',
      { dependsOn: [{ kind: 'redis', host: 'db.shop.svc' }] },
    ],
    [
      'a threshold between the buckets',
      'applications/unknown-bucket objectives[0].threshold',
      { objectives: [latency(99, '300ms')] },
    ],
    [
      'a target of all requests',
      'applications/invalid-value objectives[0].target',
      { objectives: [availability(100)] },
    ],
    [
      'a period that is longer than the retention',
      'applications/period-too-long objectives[0].period',
      { objectives: [availability(99.9, { period: '30d' })] },
    ],
    [
      'an objective of spans that it does not send',
      'applications/unmeasured-objective objectives[0].of',
      { traces: false, objectives: [availability(99.9, { of: 'spans' })] },
    ],
    [
      'a timeout above the interval',
      'connections/long-timeout metrics',
      { metrics: { port: 9464, interval: '5s', timeout: '10s' } },
    ],
    [
      'a database in the cluster without a certificate authority',
      'applications/unverifiable-database dependsOn[0].tls',
      {
        dependsOn: [
          postgres({
            host: 'orders-db.shop.svc.cluster.local',
            user: 'exporter',
            password: { secret: 'orders-db', key: 'password' },
            at: { kind: 'pods', namespace: 'shop', labels: { app: 'orders-db' } },
          }),
        ],
      },
    ],
    [
      'a password without TLS',
      'applications/open-password dependsOn[0].tls',
      { dependsOn: [{ ...sessions, password: { secret: 'sessions', key: 'passwords.json' } }] },
    ],
    [
      'a Redis server in the cluster without a certificate authority',
      'applications/unverifiable-database dependsOn[0].tls',
      { dependsOn: [{ ...sessions, tls: {} }] },
    ],
    [
      'a database without a credential',
      'applications/no-password dependsOn[0].password',
      {
        dependsOn: [
          postgres({
            host: 'orders-db.shop.example',
            user: 'exporter',
            at: { kind: 'pods', namespace: 'shop', labels: { app: 'orders-db' } },
          }),
        ],
      },
    ],
    [
      'a counter of failures that nothing declares',
      'applications/undeclared-metric objectives[0].of',
      { objectives: [availability(99.9, { of: { errors: 'faild_total', total: 'all_total' } })] },
    ],
    ['the name of a component', 'connections/duplicate-party name', { name: 'prometheus' }],
  ])('%s', async (_, expected, options) => {
    expect(await faults(options as Partial<ApplicationOptions>)).toContain(expected);
  });

  // With health pages and databases too, and in the namespace without a Service.
  test.each(['crowsnest', 'crowsnest-agents'])(
    'a namespace of the stack: %s',
    async (namespace) => {
      expect(await faults({ namespace })).toEqual(['applications/stack-namespace namespace']);
    },
  );

  test.each([
    ['grafana', 'duplicate-party'],
    ['kubelet', 'duplicate-party'],
    ['redis-exporter-sessions', 'duplicate-job'],
    ['probe', 'duplicate-job'],
  ])('a name of the stack, once: %s', async (name, fault) => {
    expect(await faults({ name, objectives: [] })).toEqual([`connections/${fault} name`]);
  });

  test.each(['probes', 'redis-exporter'])('a similar name is accepted: %s', async (name) => {
    expect(await faults({ name, dependsOn: [], objectives: [] })).toEqual([]);
  });

  test('a namespace whose name only begins like that of the stack is accepted', async () => {
    expect(await faults({ namespace: 'crowsnest-shop' })).toEqual([]);
  });

  test.each<[string, Partial<ApplicationOptions>, string[]]>([
    [
      'a URL as the host of a database',
      { dependsOn: [{ ...sessions, host: 'redis://sessions.shop.svc' }] },
      ['applications/invalid-value dependsOn[0].host'],
    ],
    [
      'no metrics page for several objectives',
      { metrics: undefined, objectives: [availability(99.9), latency(99, '250ms')] },
      ['applications/unmeasured-objective objectives[0].of'],
    ],
  ])('once: %s', async (_, options, expected) => {
    expect(await faults(options)).toEqual(expected);
  });

  test('in an environment', () => {
    const options = { ...minimal, applications: [{ ...checkout, namespace: 'Shop' }] };
    const { findings } = validate(options, 'test', 'environments/test.ts');
    expect(findings.map(({ place }) => place.path)).toEqual(['applications[0].namespace']);
  });
});

test('HTTP metrics of OpenTelemetry without the unit in their name get it at the scrape', async () => {
  const jobOf = async (metrics: object) => {
    const { stacks } = await projectWith({
      'environments/test.ts': minimal,
      'applications/shop.ts': {
        name: 'shop',
        namespace: 'shop',
        labels: { app: 'shop' },
        metrics: { port: 9464, ...metrics },
      },
    });
    const [stack] = stacks;
    const steps = stack && shippedBy(stack).scrapeJob('shop')?.metric_relabel_configs;
    return JSON.stringify(steps ?? []);
  };
  const step = JSON.stringify([
    {
      source_labels: ['__name__'],
      regex: 'http_server_request_duration_(bucket|count|sum)',
      target_label: '__name__',
      replacement: 'http_server_request_duration_seconds_$1',
    },
  ]);
  expect(await jobOf({})).toBe(step);
  expect(await jobOf({ http: 'opentelemetry' })).toBe(step);
  expect(await jobOf({ http: 'promhttp' })).toBe('[]');
});
