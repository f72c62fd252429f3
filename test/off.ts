import { type ComponentKey, definitions } from '../src/components/index.js';
import type { LoadTest } from '../src/config/load-test.js';
import type { Content } from '../src/content/content.js';
import { absencesOf } from '../src/environment/components.js';
import type { Environment, EnvironmentOptions } from '../src/environment/environment.js';
import { loadChecks } from '../src/load-checks.js';
import type { Finding } from '../src/model/finding.js';
import { offer } from '../src/model/offer.js';
import type { Party } from '../src/model/party.js';
import { checkInputOf, runChecks } from '../src/run-checks.js';
import { buildStack } from '../src/stack.js';
import { optionsOfComponents } from './components/options.js';
import { minimal, validated } from './environment.js';

const { checks } = await loadChecks();

const keys = Object.keys(definitions);

/** An existing Prometheus, because Grafana shows nothing without one. */
const elsewhere: Party = {
  name: 'thanos',
  workloads: { thanos: { kind: 'pods', namespace: 'thanos', labels: { app: 'query' } } },
  endpoints: { query: { port: 9090, host: 'query.thanos.svc', offers: [offer('promql')] } },
  consumes: [],
};

/** An existing store of traces, because the gateway has to send them to one. */
const traceStore: Party = {
  name: 'tempo',
  workloads: { tempo: { kind: 'pods', namespace: 'tempo', labels: { app: 'tempo' } } },
  endpoints: {
    otlp: {
      port: 4317,
      host: 'tempo.tempo.svc',
      offers: [offer('traces', { variant: 'grpc' })],
    },
  },
  consumes: [],
};

/** An existing store of metrics: that of the stack receives none by OTLP, unless its own option says so. */
const metricStore: Party = {
  name: 'mimir',
  workloads: { mimir: { kind: 'pods', namespace: 'mimir', labels: { app: 'mimir' } } },
  endpoints: {
    otlp: { port: 8080, host: 'mimir.mimir.svc', offers: [offer('otlp-metrics')] },
  },
  consumes: [],
};

const usual: EnvironmentOptions = { ...minimal, containerMetrics: 'cadvisor' };
const absent = absencesOf(validated(usual)).map(({ component }) => component.name);
const options = await optionsOfComponents();

const loadTest: LoadTest = {
  application: 'shop',
  namespace: 'shop',
  port: 8080,
  host: 'shop.shop.svc',
  servicePort: 8080,
  requests: [{ method: 'GET', path: '/', headers: {} }],
  scenarios: { smoke: {} },
  thresholds: { http_req_failed: [{ threshold: 'rate<0.01' }] },
};

const target: Party = {
  name: 'shop',
  workloads: { shop: { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } },
  endpoints: {
    web: { port: 8080, host: 'shop.shop.svc', offers: [offer('load', { variant: 'shop' })] },
  },
  consumes: [],
};

/** Options of components that are disabled by default. */
const asking = Object.fromEntries(
  Object.entries(definitions).flatMap(([key, { name }]) =>
    absent.includes(name)
      ? [[key, { ...options[key as ComponentKey], priorityClass: undefined }]]
      : [],
  ),
);

/** An environment in which these components are disabled, and all others are enabled, with outside parties. */
export const without = (off: readonly string[], outside: readonly Party[] = []): Environment =>
  withLoadTest(
    off,
    validated({
      ...usual,
      ...asking,
      parties: [
        target,
        ...outside,
        ...(off.includes('prometheus') ? [elsewhere] : []),
        ...(off.includes('otelGateway') ? [] : [metricStore]),
        ...(off.includes('jaeger') && !off.includes('otelGateway') ? [traceStore] : []),
      ],
      ...Object.fromEntries(off.map((key) => [key, { ...asking[key], enabled: false }])),
    }),
  );

/** Adds the load test of an application, which no option of an environment has. */
const withLoadTest = (off: readonly string[], environment: Environment): Environment => ({
  ...environment,
  loadTests: [loadTest],
  runsLoadTests: !off.includes('k6'),
});

/** The errors of an environment's stack, including those of the checks. */
export const errorsOf = (environment: Environment, content: Content): Finding[] => {
  const stack = buildStack(environment, content);
  return runChecks(stack, checks, checkInputOf(stack, [], content.sources)).filter(
    ({ severity }) => severity === 'error',
  );
};

/** Each component. `combinations` has sets of them. */
export const singles: readonly string[][] = keys.map((one) => [one]);

/** Components that few others need: with them, all sets would take eight times as long. */
const atTheEdge = ['k6', 'otelGateway', 'loki', 'logAgent', 'backup'] satisfies ComponentKey[];

/**
 * Every set of the other components, with those at the edge enabled; and every set with these of at most three
 * components, or of all but at most two.
 */
export const combinations: readonly string[][] = Array.from(
  { length: 2 ** keys.length },
  (_, bits) => keys.filter((_key, index) => bits & (1 << index)),
).filter(
  (off) =>
    off.length <= 3 || off.length >= keys.length - 2 || !atTheEdge.some((one) => off.includes(one)),
);
