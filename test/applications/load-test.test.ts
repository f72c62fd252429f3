import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { thresholdsOf } from '../../src/applications/declared/load-test.js';
import type { CheckedProject } from '../../src/check-project.js';
import { availability, latency, objectiveSchema } from '../../src/content/objective/objective.js';
import { imagesIn, pinImages } from '../../src/images/pin.js';
import { type Consumption, optional, required } from '../../src/model/consumption.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { dashboards, offer } from '../../src/model/offer.js';
import { readme } from '../../src/output/readme.js';
import { totalsOf } from '../../src/output/total.js';
import { minimal } from '../environment.js';
import { containerOf, objectsOf, orders, projectOf, requests, scriptOf } from './load-tests.js';
import { projectWith } from './project.js';

/** Pods in a rule of a policy, and the port. */
const pods = (namespace: string, podLabels: object, port: number) => ({
  peers: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      podSelector: { matchLabels: podLabels },
    },
  ],
  ports: [{ port, protocol: 'TCP' }],
});

/** Labels of pods of the stack. */
const stackPods = (name: string, component: string) => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': 'crowsnest',
  'app.kubernetes.io/component': component,
});

describe('a load test', () => {
  let project: CheckedProject;
  let objects: readonly KubernetesObject[];
  const named = (kind: string, name: string): KubernetesObject =>
    objects.find((one) => one.kind === kind && one.metadata.name === name)!;
  beforeAll(async () => {
    project = await projectOf({ requests });
    objects = objectsOf(project);
  });

  test('has no findings, not even a warning', () => {
    expect(project.findings).toEqual([]);
  });

  test('is a suspended CronJob for each scenario, which runs once and not longer than its stages', () => {
    const jobs = objects.filter(({ kind }) => kind === 'CronJob');
    expect(
      jobs.map(({ metadata, spec }) => [
        metadata.name,
        spec.suspend,
        spec.jobTemplate.spec.backoffLimit,
        spec.jobTemplate.spec.template.spec.restartPolicy,
        spec.jobTemplate.spec.activeDeadlineSeconds,
      ]),
    ).toEqual([
      ['crowsnest-k6-orders-smoke', true, 0, 'Never', 60 + 600],
      ['crowsnest-k6-orders-load', true, 0, 'Never', 13 * 60 + 600],
      ['crowsnest-k6-orders-stress', true, 0, 'Never', 17 * 60 + 600],
      ['crowsnest-k6-orders-spike', true, 0, 'Never', 2 * 60 + 600],
      ['crowsnest-k6-orders-soak', true, 0, 'Never', 247 * 60 + 600],
    ]);
  });

  test('has Jobs that are deleted after a week', () => {
    const { spec } = named('CronJob', 'crowsnest-k6-orders-smoke').spec.jobTemplate;
    expect(spec.ttlSecondsAfterFinished).toBe(7 * 24 * 60 * 60);
  });

  test('sends its requests through the Service to the port of the pods, and the policies allow only that', () => {
    expect(scriptOf(objects, 'smoke').target).toBe('http://web.shop.svc:80');
    const { egress, ingress } = named('NetworkPolicy', 'crowsnest-k6-orders').spec;
    const rules = egress.map(({ to, ports }: { to: object; ports: object }) => ({
      peers: to,
      ports,
    }));
    const [names, ...others] = rules;
    expect(ingress).toBeUndefined();
    expect(names.ports.map(({ port }: { port: number }) => port)).toEqual([53, 53]);
    expect(others).toEqual([
      pods('shop', { app: 'orders' }, 8080),
      pods('crowsnest', stackPods('prometheus', 'prometheus'), 9090),
    ]);
  });

  test('has its thresholds from the objectives', () => {
    expect(scriptOf(objects, 'load').options.thresholds).toEqual({
      'http_req_failed{scenario:load}': ['rate<=0.001'],
      'http_req_duration{scenario:load}': ['p(99)<=250'],
    });
  });

  test('has the values of Secrets in variables, and not in the script', () => {
    const script = scriptOf(objects, 'soak');
    expect(script.requests[1].headers).toEqual({
      'Content-Type': ['application/json'],
      Authorization: ['Bearer ', { variable: 'SECRET_1' }],
    });
    expect(script.requests[1].body).toEqual({
      json: { item: 1, password: null },
      secrets: [{ at: ['password'], parts: [{ variable: 'SECRET_2' }] }],
    });
    const { env } = containerOf(objects, 'soak');
    expect(env.filter(({ name }: { name: string }) => name.startsWith('SECRET_'))).toEqual(
      ['token', 'password'].map((key, index) => ({
        name: `SECRET_${index + 1}`,
        valueFrom: { secretKeyRef: { name: 'load', key } },
      })),
    );
    expect(project.stacks[0]!.prerequisites).toContainEqual(
      expect.objectContaining({ kind: 'Secret', name: 'load', namespace: 'crowsnest' }),
    );
  });

  test('sends its results to Prometheus, which has a receiver for them', () => {
    const { args } = named('StatefulSet', 'crowsnest-prometheus').spec.template.spec.containers[0];
    expect(args).toContain('--web.enable-remote-write-receiver');
    const { ingress } = named('NetworkPolicy', 'crowsnest-prometheus').spec;
    const rules = ingress.map(({ from, ports }: { from: object; ports: object }) => ({
      peers: from,
      ports,
    }));
    expect(rules).toContainEqual(pods('crowsnest', stackPods('k6', 'k6-orders'), 9090));
    const { args: flags, env } = containerOf(objects, 'load');
    expect(flags).toContain('--out=experimental-prometheus-rw');
    const settings = env.filter(({ name }: { name: string }) => name.startsWith('K6_'));
    expect(settings).toEqual([
      {
        name: 'K6_PROMETHEUS_RW_SERVER_URL',
        value: 'http://crowsnest-prometheus.crowsnest.svc:9090/api/v1/write',
      },
      { name: 'K6_PROMETHEUS_RW_TREND_AS_NATIVE_HISTOGRAM', value: 'true' },
      { name: 'K6_PROMETHEUS_RW_STALE_MARKERS', value: 'true' },
    ]);
  });

  test('has a dashboard of its runs, which the dashboard of the application opens', () => {
    const texts = objects
      .filter(({ kind }) => kind === 'ConfigMap')
      .flatMap(({ data }) => Object.entries<string>(data ?? {}));
    const dashboard = (uid: string) =>
      JSON.parse(texts.find(([name]) => name === `${uid}.json`)![1]);
    expect(dashboard('load-orders').title).toBe('Load test of orders');
    const [virtualUsers] = dashboard('load-orders').panels.filter(
      ({ title }: { title: string }) => title === 'Virtual users',
    );
    expect(virtualUsers.targets[0].expr).toContain('k6_vus{application="orders"');
    const links = (uid: string) => dashboard(uid).links.map(({ url }: { url: string }) => url);
    expect(links('app-orders')).toContainEqual(expect.stringContaining('/d/load-orders'));
    expect(links('load-orders')).toContainEqual(expect.stringContaining('/d/app-orders'));
  });

  test('has an image that is listed and gets its digest, and no requests while it does not run', () => {
    const jobs = project.stacks[0]!.manifests.filter(({ object }) => object.kind === 'CronJob');
    const [image] = imagesIn(jobs);
    expect(totalsOf(jobs, 1)).toMatchObject({ images: [image], cpu: 0, memory: 0 });
    const digest = `sha256:${'0'.repeat(64)}`;
    expect(imagesIn(pinImages(jobs, { [image!]: digest }))).toEqual([`${image}@${digest}`]);
  });

  test('is in the generated README, with the command, and costs nothing until it runs', () => {
    const text = readme(project.stacks[0]!);
    expect(text).toContain(
      'kubectl -n crowsnest create job --from=cronjob/crowsnest-k6-orders-smoke orders-smoke-1',
    );
    expect(text).toMatch(/`crowsnest-k6-orders-soak` \| 10 virtual users \| 247 \|/);
    expect(text).toContain('Prometheus receives the results: see the dashboards below.');
    expect(text).toMatch(/`crowsnest-k6-orders-load` \|.*\| `\/d\/load-orders` \|/);
    expect(text).toMatch(/CronJob `crowsnest-k6-orders-load` \| when started \| k6 \|/);
  });
});

test('the results stay in the log if nothing receives them', async () => {
  const project = await projectOf(
    { requests },
    { prometheus: { enabled: false }, grafana: { enabled: false } },
  );
  expect(project.findings).toEqual([]);
  const { args, env } = containerOf(objectsOf(project), 'load');
  expect(args.filter((one: string) => one.startsWith('--out'))).toEqual([]);
  expect(env.filter(({ name }: { name: string }) => name.startsWith('K6_'))).toEqual([]);
  expect(readme(project.stacks[0]!)).toContain('Nothing here receives the results');
});

test('the generated README names no dashboard if nothing shows any', async () => {
  const project = await projectOf({ requests }, { grafana: { enabled: false } });
  const text = readme(project.stacks[0]!);
  expect(text).toContain('Prometheus receives the results; nothing here shows them.');
  expect(text).not.toContain('/d/load-orders');
});

test('it is left out if k6 is disabled, and Prometheus has no receiver', async () => {
  const project = await projectOf({ requests }, { k6: { enabled: false } });
  expect(project.findings).toEqual([]);
  const objects = objectsOf(project);
  expect(JSON.stringify(objects)).not.toMatch(/k6-orders|remote-write-receiver|load-orders\.json/);
  expect(readme(project.stacks[0]!)).toContain('`k6.enabled` is false');
});

test('a load test that is left out requires nothing and takes no name', async () => {
  const { findings, stacks } = await projectWith({
    'environments/test.ts': {
      ...minimal,
      stack: 'observability-team-1',
      k6: { enabled: false },
      prometheus: { replicas: 2 },
    },
    'applications/orders.ts': orders({ requests }, { name: 'orders-of-the-international-1' }),
    'dashboards/load-orders-of-the-international-1.ts': {},
  });
  expect(findings.filter(({ code }) => code.startsWith('applications/'))).toEqual([]);
  expect(stacks.flatMap(({ prerequisites }) => prerequisites)).toEqual([]);
});

/** A store of the user that receives results. */
const mimir = (endpoint: object) => ({
  name: 'mimir',
  workloads: { mimir: { kind: 'pods', namespace: 'mimir', labels: { app: 'mimir' } } },
  endpoints: {
    push: {
      port: 8080,
      host: 'mimir.mimir.svc',
      offers: [offer('results', { path: '/api/v1/push' })],
      ...endpoint,
    },
  },
  consumes: [],
});

describe('with two replicas of Prometheus', () => {
  const two = { prometheus: { replicas: 2 } } as const;
  const dataOf = (objects: readonly KubernetesObject[], key: string): string =>
    objects.map(({ data }) => data?.[key]).find(Boolean);
  const sourcesOf = (objects: readonly KubernetesObject[]) =>
    parse(dataOf(objects, 'datasources.yaml')).datasources;
  const uidsIn = (objects: readonly KubernetesObject[], dashboard: string): string[] => [
    ...new Set(
      [...dataOf(objects, `${dashboard}.json`).matchAll(/"uid":"(prometheus[^"]*)"/g)].map(
        ([, uid]) => uid!,
      ),
    ),
  ];

  test('the first one gets the results, and the dashboard of the load test reads from it', async () => {
    const { stacks, findings } = await projectOf({ requests }, two);
    expect(findings).toEqual([]);
    const objects = stacks[0]!.manifests.map(({ object }) => object);
    const url = 'http://crowsnest-prometheus-0.crowsnest.svc:9090';
    expect(containerOf(objects, 'load').env).toContainEqual({
      name: 'K6_PROMETHEUS_RW_SERVER_URL',
      value: `${url}/api/v1/write`,
    });
    const named = objects.filter(
      ({ kind, metadata }) => kind === 'Service' && metadata.name === 'crowsnest-prometheus-0',
    );
    expect(named.map(({ spec }) => spec)).toEqual([
      {
        selector: {
          ...stackPods('prometheus', 'prometheus'),
          'statefulset.kubernetes.io/pod-name': 'crowsnest-prometheus-0',
        },
        ports: [expect.objectContaining({ name: 'web', port: 9090 })],
      },
    ]);
    const [common, ofReplica] = sourcesOf(objects).filter(
      ({ type }: { type: string }) => type === 'prometheus',
    );
    expect(ofReplica).toEqual({
      ...common,
      name: 'Prometheus (replica 0)',
      uid: 'prometheus-0',
      url,
      isDefault: false,
    });
    expect(uidsIn(objects, 'load-orders')).toEqual(['prometheus-0']);
    expect(uidsIn(objects, 'app-orders')).toEqual(['prometheus']);
  });

  test('a choice of the Prometheus of the stack has the same results as none', async () => {
    const { stacks, findings } = await projectOf(
      { requests },
      { ...two, choices: { 'k6.results': 'prometheus' } },
    );
    expect(findings).toEqual([]);
    expect(readme(stacks[0]!)).toContain('Prometheus receives the results: see the dashboards');
  });

  test('another party can receive the results, from which Grafana reads', async () => {
    const other = await projectOf(
      { requests },
      { ...two, parties: [mimir({})] as never, choices: { results: 'mimir' } },
    );
    expect(other.findings).toEqual([]);
    expect(readme(other.stacks[0]!)).toContain('mimir receives the results: the dashboards below');
    expect(uidsIn(objectsOf(other), 'load-orders')).toEqual(['prometheus']);
    expect(containerOf(objectsOf(other), 'load').env).toContainEqual({
      name: 'K6_PROMETHEUS_RW_SERVER_URL',
      value: 'http://mimir.mimir.svc:8080/api/v1/push',
    });
  });

  test('an outside Grafana needs the data source of the first one, or there is a warning', async () => {
    const withGrafana = (consumes: readonly Consumption[]) =>
      projectOf(
        { requests },
        {
          ...two,
          grafana: { enabled: false },
          parties: [
            {
              name: 'ours',
              workloads: {
                ours: { kind: 'pods', namespace: 'monitoring', labels: { app: 'grafana' } },
              },
              endpoints: {
                web: { port: 443, scheme: 'https', host: 'g.example.com', offers: [dashboards()] },
              },
              consumes,
            },
          ] as never,
        },
      );
    const without = await withGrafana([required('promql')]);
    expect(without.findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['applications/split-results', 'warning'],
    ]);
    expect(uidsIn(objectsOf(without), 'load-orders')).toEqual(['prometheus']);
    const served = await withGrafana([required('promql'), optional('datasource')]);
    expect(served.findings).toEqual([]);
    expect(uidsIn(objectsOf(served), 'load-orders')).toEqual(['prometheus-0']);
    expect(readme(served.stacks[0]!)).toContain(
      '| prometheus-0 | prometheus | http://crowsnest-prometheus-0.crowsnest.svc:9090 |',
    );
  });
});

test('k6 verifies another receiver over TLS, and authenticates', async () => {
  const settingsOf = async (endpoint: object) => {
    const project = await projectOf(
      { requests },
      { parties: [mimir(endpoint)] as never, choices: { results: 'mimir' } },
    );
    expect(project.findings).toEqual([]);
    const { env, volumeMounts } = containerOf(objectsOf(project), 'load');
    const named = Object.fromEntries(
      env.map(({ name, value, valueFrom }: Record<string, { secretKeyRef: object }>) => [
        name,
        value ?? valueFrom?.secretKeyRef,
      ]),
    );
    return {
      ...named,
      mounts: volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath),
    };
  };
  const password = { secret: 'mimir', key: 'password' };
  expect(
    await settingsOf({
      scheme: 'https',
      authentication: { kind: 'basic', username: 'k6', password },
    }),
  ).toMatchObject({
    K6_PROMETHEUS_RW_SERVER_URL: 'https://mimir.mimir.svc:8080/api/v1/push',
    SSL_CERT_FILE: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
    K6_PROMETHEUS_RW_USERNAME: 'k6',
    K6_PROMETHEUS_RW_PASSWORD: { name: 'mimir', key: 'password' },
    mounts: expect.arrayContaining(['/var/run/secrets/kubernetes.io/serviceaccount']),
  });
  const unverified = await settingsOf({
    scheme: 'https',
    verification: { kind: 'unverified', reason: 'only in this test' },
    authentication: { kind: 'bearer', token: { secret: 'mimir', key: 'token' } },
  });
  expect(unverified).toMatchObject({
    K6_PROMETHEUS_RW_INSECURE_SKIP_TLS_VERIFY: 'true',
    K6_PROMETHEUS_RW_BEARER_TOKEN: { name: 'mimir', key: 'token' },
  });
  expect(unverified).not.toHaveProperty('SSL_CERT_FILE');
});

test('scenarios, times, loads and thresholds can be stated', async () => {
  const project = await projectOf({
    port: 8081,
    service: { name: 'api' },
    requests: [{ name: 'list', path: '/', status: [200, 404] }],
    arrivalRate: 20,
    thresholds: { http_req_failed: ['rate<0.02'] },
    scenarios: {
      smoke: { virtualUsers: 2, duration: '5s', thinkTime: '100ms' },
      stress: {
        rampUp: '0',
        thresholds: { http_req_failed: [], 'http_req_duration{name:list}': ['p(50)<1000'] },
      },
    },
  });
  expect(project.findings).toEqual([]);
  const objects = objectsOf(project);
  expect(objects.filter(({ kind }) => kind === 'CronJob')).toHaveLength(2);
  const smoke = scriptOf(objects, 'smoke');
  expect(smoke).toMatchObject({ target: 'http://api.shop.svc:8081', thinkSeconds: 0.1 });
  expect(smoke.options.scenarios).toEqual({
    smoke: { executor: 'ramping-vus', startVUs: 2, stages: [{ duration: '5s', target: 2 }] },
  });
  expect(smoke.options.thresholds['http_req_failed{scenario:smoke}']).toEqual(['rate<0.02']);
  const stress = scriptOf(objects, 'stress');
  expect(stress.thinkSeconds).toBe(0);
  expect(stress.options.scenarios.stress).toEqual({
    executor: 'ramping-arrival-rate',
    startRate: 40,
    timeUnit: '1s',
    preAllocatedVUs: 40,
    maxVUs: 200,
    stages: [
      { duration: '10m', target: 40 },
      { duration: '2m', target: 0 },
    ],
  });
  expect(stress.options.thresholds).toEqual({
    'http_req_duration{scenario:stress}': ['p(99)<=250'],
    'http_req_duration{scenario:stress,name:list}': ['p(50)<1000'],
  });
});

test('stages, the largest number of virtual users and a type of the content can be stated', async () => {
  const stages = [
    { duration: '1m', target: 30 },
    { duration: '30s', target: 0 },
  ];
  const project = await projectOf({
    port: 8081,
    requests: [{ method: 'PUT', path: '/', headers: { 'content-type': 'text/json' }, body: {} }],
    scenarios: {
      load: { stages },
      stress: { stages, arrivalRate: 30, maxVirtualUsers: 7 },
    },
  });
  expect(project.findings).toEqual([]);
  const objects = objectsOf(project);
  const load = scriptOf(objects, 'load');
  expect(load.options.scenarios.load).toEqual({ executor: 'ramping-vus', startVUs: 0, stages });
  expect(load.requests[0].headers).toEqual({ 'content-type': ['text/json'] });
  // The Service of the health pages maps their port, and not this one.
  expect(load.target).toBe('http://web.shop.svc:8081');
  expect(scriptOf(objects, 'stress').options.scenarios.stress).toEqual({
    executor: 'ramping-arrival-rate',
    startRate: 0,
    timeUnit: '1s',
    preAllocatedVUs: 7,
    maxVUs: 7,
    stages,
  });
  expect(
    objects
      .filter(({ kind }) => kind === 'CronJob')
      .map(({ spec }) => spec.jobTemplate.spec.activeDeadlineSeconds),
  ).toEqual([90 + 600, 90 + 600]);
});

test('thresholds about the whole run and about one of its tags keep their metric', async () => {
  const project = await projectOf({
    requests: [{ path: '/users/{id}' }],
    scenarios: { smoke: {} },
    thresholds: {
      vus: ['value>0'],
      checks: ['rate>0.9'],
      'http_reqs{ scenario:smoke }': ['count>1'],
      'http_reqs{name:"GET /users/{id}"}': ['count>2'],
      data_received: ['count>0'],
    },
  });
  expect(project.findings).toEqual([]);
  expect(scriptOf(objectsOf(project), 'smoke').options.thresholds).toMatchObject({
    vus: ['value>0'],
    checks: ['rate>0.9'],
    'http_reqs{ scenario:smoke }': ['count>1'],
    'http_reqs{scenario:smoke,name:"GET /users/{id}"}': ['count>2'],
    'data_received{scenario:smoke}': ['count>0'],
  });
});

test('data of a body that look like a variable or a reference are sent as they are', async () => {
  const body = { variable: 'HOME', items: [{ variable: 'PATH' }, { secret: '', key: 1, id: 2 }] };
  const project = await projectOf({ requests: [{ method: 'POST', path: '/', body }] });
  expect(scriptOf(objectsOf(project), 'smoke').requests[0].body).toEqual({
    json: body,
    secrets: [],
  });
});

test('references in a body can be at any place, and have a text before the value', async () => {
  const token = { secret: 'load', key: 'token', prefix: 'Bearer ' };
  const project = await projectOf({
    requests: [{ method: 'POST', path: '/', body: { logins: [{ a: 1 }, { token }] } }],
  });
  expect(project.findings).toEqual([]);
  expect(scriptOf(objectsOf(project), 'smoke').requests[0].body).toEqual({
    json: { logins: [{ a: 1 }, { token: null }] },
    secrets: [{ at: ['logins', 1, 'token'], parts: ['Bearer ', { variable: 'SECRET_1' }] }],
  });
});

test('a run can fail without objectives, and objectives of other events, such as probes, are no thresholds', () => {
  expect(thresholdsOf([])).toEqual({ http_req_failed: [{ threshold: 'rate<=0.01' }] });
  const custom = [
    availability(99.5, { of: { errors: 'failed_total', total: 'all_total' } }),
    latency(95, '100ms', { of: { histogram: 'jobs_seconds' } }),
    availability(99.9, { of: 'probes' }),
  ];
  expect(thresholdsOf(custom.map((one) => objectiveSchema.parse(one)))).toEqual(thresholdsOf([]));
});

test('an application can have the name of another one with a scenario', async () => {
  const of = (name: string) => orders({ requests }, { name });
  const { findings, stacks } = await projectWith({
    'environments/test.ts': minimal,
    'applications/orders.ts': of('orders'),
    'applications/orders-load.ts': of('orders-load'),
  });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(stacks).toHaveLength(1);
});

test('a run has memory for its virtual users', async () => {
  const objects = objectsOf(await projectOf({ requests, virtualUsers: 200 }));
  const memoryOf = (scenario: string) =>
    objects.find(({ metadata }) => metadata.name === `crowsnest-k6-orders-${scenario}`)!.spec
      .jobTemplate.spec.template.spec.containers[0].resources;
  expect(memoryOf('smoke')).toMatchObject({
    requests: { memory: '128Mi' },
    limits: { memory: '512Mi' },
  });
  expect(memoryOf('spike')).toMatchObject({
    requests: { memory: '1.95Gi' },
    limits: { memory: '9.77Gi' },
  });
});
