import { beforeAll, describe, expect, test } from 'vitest';
import {
  type ApplicationOptions,
  application,
} from '../../src/applications/declared/application.js';
import { thresholdsOf } from '../../src/applications/declared/load-test.js';
import type { CheckedProject } from '../../src/check-project.js';
import { scriptFormat } from '../../src/components/k6/script.js';
import { availability, latency, objectiveSchema } from '../../src/content/objective/objective.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { imagesIn, pinImages } from '../../src/images/pin.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { offer } from '../../src/model/offer.js';
import { readme } from '../../src/output/readme.js';
import { totalsOf } from '../../src/output/total.js';
import { minimal } from '../environment.js';
import { projectWith } from './project.js';

type LoadTest = NonNullable<ApplicationOptions['loadTest']>;

const requests: LoadTest['requests'] = [
  { path: '/orders?page=1' },
  {
    method: 'POST',
    path: '/orders',
    headers: { Authorization: { secret: 'load', key: 'token', prefix: 'Bearer ' } },
    body: { item: 1, password: { secret: 'load', key: 'password' } },
    status: 201,
  },
];

const orders = (loadTest: LoadTest, more: Partial<ApplicationOptions> = {}) =>
  application({
    name: 'orders',
    namespace: 'shop',
    labels: { app: 'orders' },
    health: { port: 8080, ready: '/ready', service: { name: 'web', port: 80 } },
    loadTest,
    ...more,
  });

const projectOf = (loadTest: LoadTest, options: Partial<EnvironmentOptions> = {}) =>
  projectWith({
    'environments/test.ts': { ...minimal, ...options },
    'applications/orders.ts': orders(loadTest, {
      metrics: { port: 9464 },
      objectives: [availability(99.9), latency(99, '250ms')],
    }),
  });

const objectsOf = (project: CheckedProject): readonly KubernetesObject[] =>
  project.stacks[0]!.manifests.map(({ object }) => object);

/** What the script of a scenario tests. */
const scriptOf = (objects: readonly KubernetesObject[], scenario: string) =>
  scriptFormat.read(
    objects.find(({ metadata }) => metadata.name === 'crowsnest-k6-orders-scripts')!.data[
      `${scenario}.js`
    ],
    // biome-ignore lint/suspicious/noExplicitAny: only some fields are asserted
  ) as any;

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

  test('sends its requests through the Service to the port of the pods, and the policies allow only that', () => {
    expect(scriptOf(objects, 'smoke').target).toBe('http://web.shop.svc:80');
    const { egress } = named('NetworkPolicy', 'crowsnest-k6-orders').spec;
    expect(egress.map(({ ports }: { ports: { port: number }[] }) => ports[0]!.port).sort()).toEqual(
      [53, 8080, 9090],
    );
  });

  test('has its thresholds from the objectives', () => {
    expect(scriptOf(objects, 'load').options.thresholds).toEqual({
      http_req_failed: ['rate<=0.001'],
      http_req_duration: ['p(99)<=250'],
    });
  });

  test('has the values of Secrets in variables, and not in the script', () => {
    const script = scriptOf(objects, 'soak');
    expect(script.requests[1].headers).toEqual({
      'Content-Type': ['application/json'],
      Authorization: ['Bearer ', { variable: 'SECRET_1' }],
    });
    expect(script.requests[1].body).toEqual({ item: 1, password: { variable: 'SECRET_2' } });
    const [{ env }] = named('CronJob', 'crowsnest-k6-orders-soak').spec.jobTemplate.spec.template
      .spec.containers;
    expect(env).toContainEqual({
      name: 'SECRET_2',
      valueFrom: { secretKeyRef: { name: 'load', key: 'password' } },
    });
    expect(project.stacks[0]!.prerequisites).toContainEqual(
      expect.objectContaining({ kind: 'Secret', name: 'load', namespace: 'crowsnest' }),
    );
  });

  test('sends its results to Prometheus, which has a receiver for them', () => {
    const { args } = named('StatefulSet', 'crowsnest-prometheus').spec.template.spec.containers[0];
    expect(args).toContain('--web.enable-remote-write-receiver');
    const { ingress } = named('NetworkPolicy', 'crowsnest-prometheus').spec;
    expect(JSON.stringify(ingress)).toContain('k6-orders');
  });

  test('has a dashboard beside that of the application', () => {
    const { alerts, environment } = project.stacks[0]!;
    expect([alerts.length > 0, environment.name]).toEqual([false, 'test']);
    const texts = JSON.stringify(objects.filter(({ kind }) => kind === 'ConfigMap'));
    expect(texts).toContain('load-orders.json');
    expect(texts).toContain('/d/load-orders');
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
    expect(text).toMatch(/CronJob `crowsnest-k6-orders-load` \| when started \| k6 \|/);
  });
});

test('the results stay in the log if nothing receives them', async () => {
  const project = await projectOf(
    { requests },
    { prometheus: { enabled: false }, grafana: { enabled: false } },
  );
  expect(project.findings).toEqual([]);
  const text = JSON.stringify(objectsOf(project).filter(({ kind }) => kind === 'CronJob'));
  expect(text).not.toContain('experimental-prometheus-rw');
  expect(readme(project.stacks[0]!)).toContain('Nothing here receives the results');
});

test('it is left out if k6 is disabled, and Prometheus has no receiver', async () => {
  const project = await projectOf({ requests }, { k6: { enabled: false } });
  expect(project.findings).toEqual([]);
  const objects = objectsOf(project);
  expect(JSON.stringify(objects)).not.toMatch(/k6-orders|remote-write-receiver|load-orders\.json/);
  expect(readme(project.stacks[0]!)).toContain('`k6.enabled` is false');
});

test('results that only one of two replicas has are a warning, unless another party receives them', async () => {
  const two = { prometheus: { replicas: 2 } } as const;
  const { findings } = await projectOf({ requests }, two);
  expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
    ['applications/split-results', 'warning'],
  ]);
  const mimir = {
    name: 'mimir',
    workloads: { mimir: { kind: 'pods', namespace: 'mimir', labels: { app: 'mimir' } } },
    endpoints: {
      push: {
        port: 8080,
        host: 'mimir.mimir.svc',
        offers: [offer('results', { path: '/api/v1/push' })],
      },
    },
    consumes: [],
  } as const;
  const other = await projectOf(
    { requests },
    { ...two, parties: [mimir] as never, choices: { results: 'mimir' } },
  );
  expect(other.findings).toEqual([]);
  expect(JSON.stringify(objectsOf(other))).toContain('http://mimir.mimir.svc:8080/api/v1/push');
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
  expect(smoke.options.thresholds.http_req_failed).toEqual(['rate<0.02']);
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
    http_req_duration: ['p(99)<=250'],
    'http_req_duration{name:list}': ['p(50)<1000'],
  });
});

test('a run can fail without objectives, and objectives of other events are no thresholds', () => {
  expect(thresholdsOf([])).toEqual({ http_req_failed: [{ threshold: 'rate<=0.01' }] });
  const custom = availability(99, { of: { errors: 'failed_total', total: 'all_total' } });
  expect(thresholdsOf([objectiveSchema.parse(custom)])).toEqual(thresholdsOf([]));
});

describe('mistakes are reported with their place, value and remedy', () => {
  const found = async (loadTest: LoadTest, more: Partial<ApplicationOptions> = {}) => {
    const { findings } = await projectWith({
      'environments/test.ts': { ...minimal, applications: [orders(loadTest, more)] },
    });
    return findings.map(({ code, place, value, suggestion }) => [
      code,
      place.path,
      value,
      suggestion,
    ]);
  };
  const plain: LoadTest['requests'] = [{ path: '/' }];

  test.each([
    ['an unknown metric', { http_req_duraton: ['p(95)<1'] }, '', 'http_req_duration'],
    ['an unknown tag', { 'http_reqs{naem:GET /}': ['count>1'] }, '', 'name'],
    ['an unknown request', { 'http_reqs{name:GET /order}': ['count>1'] }, '', undefined],
    ['an unknown aggregation', { http_req_failed: ['p(95)<1'] }, '[0]', undefined],
    ['no number', { http_req_duration: ['p(95)<400ms'] }, '[0]', undefined],
    ['no operator', { http_req_duration: ['p(95) 400'] }, '[0]', undefined],
    ['a percentile above 100', { http_req_duration: ['p(101)<400'] }, '[0]', undefined],
  ])('a threshold with %s', async (_, thresholds, index, suggestion) => {
    const [key] = Object.keys(thresholds);
    const at = /^\w+$/.test(key!) ? `.${key}` : `['${key}']`;
    const value = index ? Object.values(thresholds)[0]![0] : key;
    expect(await found({ requests: plain, thresholds })).toEqual([
      [
        'applications/invalid-threshold',
        `applications[0].loadTest.thresholds${at}${index}`,
        value,
        suggestion,
      ],
    ]);
  });

  test('a scenario that does not exist', async () => {
    expect(
      await found({ requests: plain, scenarios: { smok: {} } } as unknown as LoadTest),
    ).toMatchObject([
      ['config/unknown-option', 'applications[0].loadTest.scenarios.smok', {}, 'smoke'],
    ]);
  });

  test('no port', async () => {
    expect(await found({ requests: plain }, { health: undefined })).toMatchObject([
      ['config/missing-option', 'applications[0].loadTest.port', undefined, undefined],
    ]);
  });

  test.each([
    ['a header', { path: '/', headers: { Authorization: 'Bearer eyJhbGci' } }, 'headers'],
    ['a header with a name of its own', { path: '/', headers: { 'X-Api-Key': 'a1b2' } }, 'headers'],
    ['the address', { path: '/?access_token=a1b2' }, 'path'],
    ['a body', { path: '/', body: { login: { password: 'a1b2' } } }, 'body'],
    ['a body in a text', { path: '/', body: '{"password":"a1b2"}' }, 'body'],
    ['a form', { path: '/', body: 'user=a&password=a1b2' }, 'body'],
  ])('a credential in %s', async (_, request, at) => {
    const all = await found({ requests: [request] });
    expect(all).toHaveLength(1);
    expect(all[0]![0]).toBe('applications/literal-credential');
    expect(all[0]![1]).toContain(`loadTest.requests[0].${at}`);
    expect(JSON.stringify(all)).not.toMatch(/a1b2|eyJ/);
  });

  test.each([
    ['a header', { path: '/', headers: { Accept: 'text/html', 'Accept-Language': 'en' } }],
    ['a query', { path: '/?token_type=none&key=orders&page=2' }],
    ['a body', { path: '/', body: { keys: ['b'], note: 'password', token: '' } }],
    ['a body that is no JSON', { path: '/', body: 'plain text = 1' }],
  ])('no credential in %s', async (_, request) => {
    expect((await found({ requests: [request] })).map(([code]) => code)).toEqual([]);
  });
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
