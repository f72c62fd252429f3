import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { application } from '../../src/applications/declared/application.js';
import { loadCatalogue } from '../../src/catalogues/catalogue.js';
import { scenarioNames } from '../../src/config/load-test.js';
import { availability, latency } from '../../src/content/objective/objective.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { milliseconds } from '../../src/schema/k6/duration.js';
import { expressionFault, metricFault } from '../../src/schema/k6/threshold.js';
import { projectWith } from '../applications/project.js';
import { engineBinary } from '../engines/installation.js';
import type { RunningEngine } from '../engines/process.js';
import { minimal } from '../environment.js';
import { type Cluster, startCluster } from './cluster.js';
import { type ControlPlane, startControlPlane } from './cluster-control-plane.js';
import { dashboardQueries } from './dashboard.js';
import { layOutPod } from './pod.js';
import { ask, query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { find } from './shipped.js';
import { eventually } from './wait.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-load-test-'));
const token = 'token-of-the-test';

/** What the target does, and what it got. */
const target = { delay: 0, status: 200, tokens: new Set<string | undefined>(), bodies: '' };

const startTarget = (): Promise<Server> =>
  new Promise((done) => {
    const server = createServer((request, response) => {
      target.tokens.add(request.headers.authorization);
      request.on('data', (part) => {
        target.bodies = `${part}`;
      });
      setTimeout(() => response.writeHead(target.status).end('ok'), target.delay);
    });
    server.listen(0, '127.0.0.1', () => done(server));
  });

const orders = application({
  name: 'orders',
  namespace: 'shop',
  labels: { app: 'orders' },
  health: { port: 8080, ready: '/ready' },
  objectives: [availability(99, { of: 'probes' }), latency(95, '250ms', { of: 'opentelemetry' })],
  metrics: { port: 9464 },
  loadTest: {
    requests: [
      { path: '/orders?page=1' },
      {
        method: 'POST',
        path: '/orders',
        headers: { Authorization: { secret: 'load', key: 'token', prefix: 'Bearer ' } },
        body: {
          login: { password: { secret: 'load', key: 'token', prefix: 'of ' } },
          data: { variable: 'SECRET_1' },
        },
      },
    ],
    scenarios: {
      smoke: { duration: '10s', virtualUsers: 3, thinkTime: '100ms' },
      load: { arrivalRate: 20, maxVirtualUsers: 2, rampUp: '1s', duration: '7s', rampDown: '0' },
      stress: {},
      spike: {},
      soak: {},
    },
  },
});

/** The manifests of an environment with this application, and two replicas of Prometheus. */
let plain: KubernetesObject[];
beforeAll(async () => {
  const { stacks, findings } = await projectWith({
    'environments/test.ts': { ...minimal, prometheus: { replicas: 2 }, applications: [orders] },
  });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  plain = stacks[0]!.manifests.map(({ object }) => object);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How a run ended. */
interface Run {
  readonly code: number;
  readonly log: string;
}

/** Runs k6 with these arguments. */
const k6 = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> => {
  const path = await engineBinary('k6');
  return new Promise((done) =>
    execFile(path, args, { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, log: stdout + stderr }),
    ),
  );
};

describe('a load test', () => {
  let objects: readonly KubernetesObject[];
  let server: Server;
  let prometheus: RunningEngine;
  let second: RunningEngine;
  const runs: Record<string, Run> = {};

  const podOf = (scenario: string) => {
    const { metadata, spec } = find(objects, 'CronJob', `crowsnest-k6-orders-${scenario}`);
    const job = { kind: 'Job', apiVersion: 'batch/v1', metadata, spec: spec.jobTemplate.spec };
    return layOutPod(
      [job, ...objects],
      { kind: 'Job', name: metadata.name },
      'k6',
      join(folder, scenario),
    );
  };

  /** Runs the shipped container of a scenario as a Job of this name. */
  const run = async (scenario: string, job: string): Promise<Run> => {
    const { args, env } = podOf(scenario);
    const named = args.map((one) => one.replace('$(TEST_ID)', job));
    const ended = await k6(named, { ...env, SECRET_1: token });
    runs[job] = ended;
    return ended;
  };

  beforeAll(async () => {
    server = await startTarget();
    const { port } = server.address() as AddressInfo;
    const start = (name: string) =>
      startPrometheus(plain, join(folder, name), (config) => ({
        ...config,
        alerting: undefined,
        scrape_configs: [],
      }));
    prometheus = await start('prometheus');
    second = await start('second');
    objects = JSON.parse(
      JSON.stringify(plain)
        .replaceAll('http://orders.shop.svc:8080', `http://127.0.0.1:${port}`)
        .replaceAll('http://crowsnest-prometheus-0.crowsnest.svc:9090', prometheus.url)
        // The Service can keep Grafana at the other replica.
        .replaceAll('http://crowsnest-prometheus.crowsnest.svc:9090', second.url),
    );
    await run('smoke', 'healthy');
    Object.assign(target, { status: 500 });
    await run('smoke', 'failing');
    Object.assign(target, { status: 200, delay: 400 });
    await run('load', 'slow');
  });
  afterAll(async () => {
    await prometheus?.stop();
    await second?.stop();
    server?.close();
  });

  it.each(scenarioNames)('has a script that k6 accepts: %s', async (scenario) => {
    const script = podOf(scenario).path(`/scripts/${scenario}.js`);
    const { code, log } = await k6(['inspect', '--execution-requirements', script]);
    expect(log).toContain(`"${scenario}"`);
    expect(code).toBe(0);
  });

  it('passes while the target is healthy, and k6 ends with 0', () => {
    expect(runs.healthy).toMatchObject({ code: 0 });
    expect(runs.healthy!.log).toMatch(/http_req_failed\{scenario:smoke\}\s+✓ 'rate<=0.01'/);
  });

  it('fails its threshold of failures while the target fails, and k6 ends with 99', () => {
    expect(runs.failing).toMatchObject({ code: 99 });
    expect(runs.failing!.log).toMatch(/✗ 'rate<=0.01' rate=100.00%/);
  });

  it('fails its threshold of durations while the target is slow, and k6 ends with 99', () => {
    expect(runs.slow).toMatchObject({ code: 99 });
    expect(runs.slow!.log).toMatch(/✗ 'p\(95\)<=250'/);
    expect(runs.slow!.log).toMatch(/✓ 'rate<=0.01'/);
  });

  it('sends the Secrets from variables, and neither the script nor the log has them', () => {
    expect([...target.tokens]).toContain(`Bearer ${token}`);
    expect(JSON.parse(target.bodies)).toEqual({
      login: { password: `of ${token}` },
      data: { variable: 'SECRET_1' },
    });
    const texts = JSON.stringify([objects, Object.values(runs)]);
    expect(texts).not.toContain(token);
  });

  it('writes results for each run into Prometheus with the shipped flags', async () => {
    const found = await query(
      prometheus.url,
      'count by (testid) (last_over_time(k6_http_reqs_total{application="orders"}[10m]))',
    );
    expect(found.map(({ metric }) => metric.testid).sort()).toEqual(['failing', 'healthy', 'slow']);
  });

  it('has only the metrics and labels of the catalogue, and all of them', async () => {
    const { metrics } = loadCatalogue('k6');
    const series = await ask<Record<string, string>[]>(prometheus.url, 'series', {
      'match[]': '{__name__=~"k6_.+"}',
    });
    const found = new Map<string, Set<string>>();
    for (const { __name__: name = '', ...labels } of series) {
      const known = found.get(name) ?? new Set();
      for (const label of Object.keys(labels)) known.add(label);
      found.set(name, known);
    }
    const text = (all: Iterable<readonly [string, Iterable<string>]>) =>
      [...all].map(([name, labels]) => `${name} ${[...labels].sort().join()}`).sort();
    expect(text(found)).toEqual(
      text(Object.entries(metrics).map(([name, one]) => [name, one.labels])),
    );
  });

  it('ends its series with the run', async () => {
    expect(await query(prometheus.url, 'k6_vus')).toEqual([]);
  });

  it('has a dashboard that reads from the replica with the results, wherever other dashboards read', async () => {
    const text = (key: string): string => objects.map(({ data }) => data?.[key]).find(Boolean);
    const sources: { uid: string; url: string }[] = parse(text('datasources.yaml')).datasources;
    const urlsOf = (dashboard: string) =>
      sources
        .filter(({ uid }) => text(`${dashboard}.json`).includes(`"uid":"${uid}"`))
        .map(({ url }) => url)
        .filter((url) => [prometheus.url, second.url].includes(url));
    expect(urlsOf('load-orders')).toEqual([prometheus.url]);
    expect(urlsOf('app-orders')).toEqual([second.url]);
    expect(await query(second.url, 'last_over_time(k6_http_reqs_total[10m])')).toEqual([]);
  });

  it('has a dashboard whose panels about the run all have data', async () => {
    const asked = dashboardQueries(objects, 'load-orders').filter(({ expression }) =>
      expression.includes('k6_'),
    );
    expect(asked.length).toBeGreaterThan(10);
    const now = Date.now() / 1000;
    const empty: string[] = [];
    for (const { panel, expression } of asked) {
      const { result } = await ask<{ result: unknown[] }>(prometheus.url, 'query_range', {
        query: expression.replaceAll('$__range', '2m').replaceAll('[10s]', '[30s]'),
        start: `${now - 120}`,
        end: `${now}`,
        step: '5',
      });
      if (result.length === 0) empty.push(panel);
    }
    expect(empty).toEqual([]);
  });
});

describe('the CronJobs of a load test', () => {
  let cluster: Cluster;
  let controlPlane: ControlPlane;

  beforeAll(async () => {
    cluster = await startCluster();
    controlPlane = await startControlPlane(cluster, folder);
    const kinds = ['Namespace', 'ServiceAccount', 'ConfigMap', 'NetworkPolicy', 'CronJob'];
    const items = plain
      .filter(
        ({ kind, metadata }) => kinds.includes(kind) && /^crowsnest($|-k6)/.test(metadata.name),
      )
      .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
    const applied = await cluster.kubectl(
      ['apply', '--server-side', '--validate=strict', '-f', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    );
    expect(applied.stderr).toBe('');
  });
  afterAll(async () => {
    await controlPlane?.stop();
    await cluster?.stop();
  });

  const kubectl = async (...args: string[]): Promise<string> => {
    const { failed, stdout, stderr } = await cluster.kubectl(['-n', 'crowsnest', ...args]);
    if (failed) throw new Error(stderr);
    return stdout;
  };

  it('start nothing, and a Job from one has a pod that Pod Security admits, named as the run', async () => {
    const suspended = JSON.parse(await kubectl('get', 'cronjobs', '-o', 'json')).items;
    expect(suspended.map((one: KubernetesObject) => one.spec.suspend)).toEqual(
      scenarioNames.map(() => true),
    );
    expect(JSON.parse(await kubectl('get', 'jobs', '-o', 'json')).items).toEqual([]);
    await kubectl('create', 'job', '--from=cronjob/crowsnest-k6-orders-smoke', 'orders-smoke-1');
    const pod: KubernetesObject = await eventually('a pod', async () => {
      const { items } = JSON.parse(await kubectl('get', 'pods', '-o', 'json'));
      return items[0];
    });
    expect(pod.metadata.labels).toMatchObject({
      'batch.kubernetes.io/job-name': 'orders-smoke-1',
      'app.kubernetes.io/component': 'k6-orders',
    });
    expect(pod.spec).toMatchObject({ restartPolicy: 'Never', automountServiceAccountToken: false });
  });

  it('have a Job that fails if k6 ends with 99, and no second pod', async () => {
    const [pod] = JSON.parse(await kubectl('get', 'pods', '-o', 'json')).items;
    const terminated = { exitCode: 99, reason: 'Error' };
    const status = {
      phase: 'Failed',
      containerStatuses: [
        {
          name: 'k6',
          image: 'k6',
          imageID: '',
          ready: false,
          restartCount: 0,
          state: { terminated },
        },
      ],
    };
    await kubectl(
      'patch',
      'pod',
      pod.metadata.name,
      '--subresource=status',
      '--type=merge',
      '-p',
      JSON.stringify({ status }),
    );
    const text = await eventually('the end of the Job', async () => {
      const shown = await kubectl('get', 'job', 'orders-smoke-1');
      return shown.includes('Failed') ? shown : undefined;
    });
    expect(text).toContain('Failed');
    expect(JSON.parse(await kubectl('get', 'pods', '-o', 'json')).items).toHaveLength(1);
  });
});

describe('synth and k6 agree', () => {
  const trends =
    'p(95)<400|p(95) < 400| p(95)<400 |p(99.9)<=400|p( 95 )<400|p(9e1)<1|p(.5)<1|avg<1|min<1|max<1|med<1|count<1|rate<1|value<1|p()<1|p(95)<400ms|p(95)=<1|p(95)=1|p(95)==1|p(95)===1|p(95)!=1|p(95)>=1|<400|p(95)<|p(95)<1e3|p(95)<.5|p(95)<5.|p(95)<-1|p(95)<+1|p(95)<0x10|p(95)<1_000|p(95)<1__0|p(95)<1_|p(95)<_1|p(95)<1_.5|p(95)<1.5_0|p(9_5)<1|P(95)<1|p95<1|avg<1 && max<2|avg>1<2|p(95)<400,000';
  const expressions = Object.entries({
    http_req_duration: trends,
    http_req_failed: 'rate<0.01|rate<=0.001|rate<1e-7|count<1|value<1|p(95)<1',
    http_reqs: 'count<1|rate<1|value<1|avg<1',
    vus: 'value<1|rate<1|max<1|count<1',
  }).flatMap(([metric, list]) => list.split('|').map((one) => [metric, one] as const));
  const metrics =
    `http_req_duraton|http_req_duration{|http_req_duration{}|http_req_duration{name}|http_req_duration{name:}|http_req_duration{name:GET /}|http_req_duration{ name:GET / }|http_req_duration{name:GET /,status:200}|http_req_duration{name:"GET /"}|http_req_duration{name:'GET /{id}'}|http_req_duration{name:GET /{id},scenario:default}|http_req_duration{name:GET /{id}}|http_req_duration {name:GET /}|http_req_duration{"name":GET /}|http_req_duration{name:GET /,}|http_req_duration}|http_req_duration{name:GET /}x|HTTP_REQS`
      .split('|')
      .map((metric) => [metric, 'max>=0'] as const);
  const durations =
    '30s|1m30s|1h|1d|1d12h|500|0.5|1.5s|500ms|.5s|5.s|+5s|1e3|1h1h|0|0s|100us|10ns|1 minute|1m 30s||-1s|1w|1d1d|12hd|1y|d|1.5d'.split(
      '|',
    );

  /** Whether k6 starts with these options: a threshold that fails is valid. */
  const accepts = async (options: object): Promise<boolean> => {
    const script = join(folder, 'options.js');
    writeFileSync(
      script,
      `export const options = ${JSON.stringify(options)}; export default function () {}`,
    );
    const flags = ['--quiet', '--summary-mode=disabled', '--no-usage-report', '--address='];
    const { code } = await k6(['run', ...flags, '--iterations=1', script]);
    return code === 0 || code === 99;
  };

  it('about thresholds', async () => {
    for (const [metric, expression] of [...expressions, ...metrics]) {
      const fault =
        metricFault(metric, { names: ['GET /', 'GET /{id}'], scenarios: ['default'] }) ??
        expressionFault(metric, expression);
      const verdict = await accepts({ thresholds: { [metric]: [expression] } });
      expect([metric, expression, fault === undefined]).toEqual([metric, expression, verdict]);
    }
  });

  it('about durations', async () => {
    for (const duration of durations) {
      const stages = [{ duration, target: 1 }];
      const scenarios = { a: { executor: 'ramping-vus', stages } };
      const script = join(folder, 'options.js');
      writeFileSync(
        script,
        `export const options = ${JSON.stringify({ scenarios })}; export default function () {}`,
      );
      const { code } = await k6(['inspect', '--execution-requirements', script]);
      expect([duration, milliseconds(duration) !== undefined]).toEqual([duration, code === 0]);
    }
  });
});
