import { loadTestFaults } from '../../src/applications/declared/load-test-kinds.js';
import { applicationFaults } from '../../src/applications/faults.js';
import { objectiveFaults } from '../../src/content/objective/fault-kinds.js';
import { codesIn, environmentOf, type Files, groupFiles, moduleOf, standalone } from './project.js';

/**
 * The setting for an example with a fault that is reported before manifests exist, or when they are
 * written.
 */
export interface PartSetting {
  /** The codes of the findings of a synthesis with the example. */
  readonly codes: (example: string) => Promise<string[]>;
}

export type PartSettings = Readonly<Record<string, PartSetting>>;

const environment = 'environments/production.ts';

const inProject = (files: (example: string) => Files): PartSetting => ({
  codes: (example) => codesIn(files(example)),
});

/**
 * The example is the options of an environment, or a value from which the code creates the options.
 */
const inOptions = (code?: string): PartSetting =>
  inProject((example) => ({ [environment]: environmentOf(example, code) }));

/** The example is a whole file. */
const asFile = (file: string): PartSetting =>
  inProject((example) => ({ [file]: standalone(example) }));

/** The example is the code of a file, including its imports. */
const asCode = (file: string): PartSetting =>
  inProject((example) => ({ [file]: moduleOf(example) }));

/** The example is the names of files; the content is a given text. */
const asNames = (text: string, others: Files = {}): PartSetting =>
  inProject((example) => {
    const names = example.replace(/ +#.*/, '').split(', ');
    return { ...others, ...Object.fromEntries(names.map((name) => [name, text])) };
  });

/** The example is a comment about a second environment, with these options. */
const withOther = (options?: string): PartSetting =>
  inProject(() => ({ 'environments/other.ts': environmentOf('', options) }));

/** The example with what sends lines to its Loki. */
const withAgent = '{ ...example, logAgent: { enabled: true } }';

/** The example is a file of the folder with sealed Secrets. */
const asSealedFile = (): PartSetting =>
  inProject((example) => ({
    [environment]: environmentOf(
      "secrets: { source: { kind: 'sealed-secrets', folder: 'secrets/production' } }",
    ),
    'secrets/production/alertmanager.yaml': example,
  }));

export const config: PartSettings = {
  'unknown-option': inOptions(),
  'missing-option': inOptions(),
  'invalid-value': inOptions(),
  'invalid-name': inOptions(),
  'not-loadable': asFile(environment),
  'no-default-export': asCode(environment),
  'duplicate-name': asNames(environmentOf()),
  'unread-file': asNames('{}'),
  'no-environment': asNames('# Environments', { [environment]: undefined }),
  'environment-name': asNames(environmentOf()),
  'invalid-lock': { codes: (example) => codesIn({ 'images.lock': example }) },
  'emptied-output': { codes: (example) => codesIn({}, /output: (\w+)/.exec(example)?.[1]) },
  'invalid-patch': inOptions(),
  'failing-component': inOptions("{ components: [{ name: 'mailer', ...component, ...example }] }"),
  'unknown-strict': {
    codes: (example) => codesIn({}, undefined, [/\['(.*)'\]/.exec(example)?.[1] ?? '']),
  },
  'unknown-waiver': inOptions(),
  'unused-waiver': inOptions(),
  'open-login': inOptions(),
  'unknown-setting': inOptions(),
  'unused-option': inOptions(),
  'unknown-secret': inOptions(),
  'unused-secret': inOptions(),
  'private-authority': inOptions(),
  'unsealed-secret': asSealedFile(),
  'invalid-sealed-file': asSealedFile(),
  'missing-sealed-secret': inOptions(
    "{ ...example, grafana: { credentials: { secret: 'grafana-credentials' } } }",
  ),
  'shared-objects': withOther(),
  'shared-node-port': withOther("{ stack: 'other' }"),
  'shared-bucket': inProject((example) => ({
    [environment]: environmentOf(example, withAgent),
    'environments/other.ts': environmentOf(
      example,
      "{ ...example, logAgent: { enabled: true }, stack: 'other', nodeExporter: { port: 9200 } }",
    ),
  })),
  'enterprise-setting': inOptions(),
  'disabled-setting': inOptions(),
  'overridden-setting': inOptions(),
  'no-aws-credentials': inOptions(),
  'unused-role': inOptions(),
  'short-wait': inOptions(),
  'small-volume': inOptions(withAgent),
  'unbounded-label': inOptions(withAgent),
  'exposed-login': inOptions(
    `{ exposure: { grafana: {
      kind: 'ingress', host: 'grafana.example.com', ingressClass: 'nginx', tlsSecret: 'tls',
      metricsPassword: { secret: 'metrics', key: 'password' },
      controller: { namespace: 'ingress', labels: { app: 'nginx' } },
    } }, grafana: { oidc: {
      name: 'Google', clientId: 'grafana', clientSecret: { secret: 'grafana', key: 'oidc' },
      authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      userInfoUrl: 'https://openidconnect.googleapis.com/v1/userinfo',
      rolePath: "'Viewer'",
    } } }`,
  ),
};

/** The example is a file that is a link. */
const asLink = (): PartSetting =>
  inProject((example) => {
    const [path = '', linkTo = ''] = example.split(/ -> | +#/);
    return { [path]: { linkTo } };
  });

/** The example is the options of an alert group. */
const inGroup = (): PartSetting =>
  inProject((example) => groupFiles(`export default alertGroup({ ${example}\n});`));

/** The code of a group with one alert. */
const alerting = (example: string): string => `const example = ${example};
export default alertGroup({
  rules: () => ({ alerts: [${example.includes('…') ? '{ ...alert, ...example }' : 'example'}] }),
});`;

const inAlert = (): PartSetting => inProject((example) => groupFiles(alerting(example)));

/** The example sets a threshold of the group. */
const inThreshold = (): PartSetting =>
  inProject((example) => ({
    ...groupFiles('export default alertGroup({ thresholds: { errorRate: 0.05 } });'),
    [environment]: `import shop from '../alerts/shop.ts';\n${environmentOf(example)}`,
  }));

/** The example is a rule file of others. */
const asRules = (): PartSetting => asFile('alerts/shop.yaml');

const inDashboard = (): PartSetting =>
  inProject((example) => ({ 'dashboards/shop.ts': moduleOf(`export default ${example};`) }));

export const content: PartSettings = {
  'unknown-option': inProject((example) => groupFiles(`export default ${example};`)),
  'missing-option': inAlert(),
  'invalid-value': inAlert(),
  'not-loadable': asFile('dashboards/shop.ts'),
  'no-default-export': asCode('dashboards/shop.ts'),
  'duplicate-name': asNames(moduleOf('export default alertGroup({});'), groupFiles()),
  'unread-file': asNames('groups: []'),
  'invalid-json': asFile('dashboards/shop.json'),
  'invalid-encoding': inProject((example) => ({
    'dashboards/shop.json': Buffer.from(example, 'latin1'),
  })),
  'unreadable-file': asLink(),
  'invalid-yaml': asFile('dashboards/shop.yaml'),
  'no-dashboard': inProject((example) => ({
    'dashboards/shop.yaml': `apiVersion: apps/v1\n${example}`,
  })),
  'remote-dashboard': asFile('dashboards/shop.json'),
  'stray-field': asFile('dashboards/shop.yaml'),
  'missing-library-panel': asFile('dashboards/shop.json'),
  'unknown-element': asFile('dashboards/shop.json'),
  'no-equivalent': asFile('dashboards/shop.json'),
  'no-rules': asRules(),
  'recorded-logs': asFile('alerts/shop.logql.yaml'),
  'other-kind': asRules(),
  'test-name': asRules(),
  'thanos-field': asRules(),
  'unscraped-rules': asRules(),
  'failing-dashboard': inProject((example) => ({
    'dashboards/shop.ts': moduleOf(example.replace('dashboard(', 'library.dashboard(')),
  })),
  'failing-rules': inProject((example) =>
    groupFiles(`export default alertGroup({ thresholds: { load: 1 }, ${example}\n});`),
  ),
  'duplicate-alert': inProject((example) => ({
    ...groupFiles(alerting(example)),
    ...groupFiles(alerting(example.replace('…', "labels: { team: 'cart' }, …")), 'cart'),
  })),
  'alert-style': inAlert(),
  'folder-name': inDashboard(),
  'unknown-need': inGroup(),
  'unknown-dashboard': inGroup(),
  'not-scraped': inProject((example) => ({
    'dashboards/shop.json': example
      .replaceAll('…', '"type": "stat", "title": "a", "description": "b",')
      .trim(),
  })),
  'stray-meta': asNames('{}'),
  'unknown-alert': inOptions(),
  'unused-severity': inOptions(),
  'unknown-group': inOptions(),
  'unknown-threshold': inThreshold(),
  'invalid-threshold': inThreshold(),
  'no-group': asNames('## ShopDown\n'),
  'no-runbook': asNames(moduleOf('export default alertGroup({});'), {
    ...groupFiles(),
    'alerts/shop.md': undefined,
  }),
  'incomplete-runbook': inProject((example) => ({ ...groupFiles(), 'alerts/shop.md': example })),
  'no-test': asNames(moduleOf('export default alertGroup({});'), {
    ...groupFiles(),
    'alerts/shop.test.yaml': undefined,
  }),
  'unknown-rule-file': inProject((example) => ({
    ...groupFiles(),
    'alerts/shop.test.yaml': groupFiles()['alerts/shop.test.yaml']!.replace(/.*/, example),
  })),
};

/** The example is a file of applications/. */
const inApplication = (): PartSetting =>
  inProject((example) => ({ 'applications/shop.yaml': example }));

/** The example is options of an application, and those of Prometheus. */
const inDeclaration = (): PartSetting =>
  inOptions(`{ prometheus: example.prometheus ?? {}, applications: [{
  name: 'shop', namespace: 'shop', labels: at.labels, metrics: example.metrics ?? { port: 9464 }, objectives: example.objectives,
}] }`);

/** The example is options of an environment, beside an application with a Service. */
const besideService = (): PartSetting =>
  inProject((example) => ({
    [environment]: environmentOf(example),
    'applications/shop.yaml': `kind: Service
metadata: { name: shop, namespace: shop }
spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: 8080 }] }`,
  }));

export const applications: PartSettings = {
  ...Object.fromEntries(
    Object.keys(applicationFaults).map((fault) => [fault, inApplication()] as const),
  ),
  'unread-file': asNames('{}'),
  'unreadable-file': asLink(),
  'unknown-option': asCode('applications/shop.ts'),
  'invalid-value': asCode('applications/shop.ts'),
  'not-loadable': asFile('applications/shop.ts'),
  'no-default-export': asCode('applications/shop.ts'),
  'duplicate-name': asNames(
    moduleOf(
      "export default { name: 'shop', namespace: 'shop', labels: { app: 'shop' }, traces: true };",
    ),
  ),
  'duplicate-application': inOptions(),
  'stack-namespace': inOptions(),
  'unmeasured-objective': inOptions(),
  'left-out-objective': inOptions(),
  'no-password': inOptions(),
  'open-password': inOptions(),
  'private-authority': inOptions(),
  'unverifiable-database': inOptions(),
  'taken-name': asNames(moduleOf('export default dashboard({});'), {
    'applications/shop.ts': moduleOf(
      "export default { name: 'shop', namespace: 'shop', labels: { app: 'shop' }, traces: true };",
    ),
  }),
  ...Object.fromEntries(
    Object.keys(objectiveFaults).map((fault) => [fault, inDeclaration()] as const),
  ),
  ...Object.fromEntries(Object.keys(loadTestFaults).map((fault) => [fault, inOptions()] as const)),
  'other-server': inOptions(
    "{ ...example, redisExporter: { servers: [{ name: 'cache', host: 'old-cache.shop.svc', at }] } }",
  ),
  'invalid-encoding': inProject((example) => ({
    'applications/shop.yaml': Buffer.from(example, 'latin1'),
  })),
  'shared-spans': inOptions(),
  'unknown-application': inOptions(),
  'no-service-port': besideService(),
  'other-pod-port': besideService(),
};

const metrics = `{
  ...party,
  name: 'metrics',
  endpoints: { web: { port: 9090, host: 'metrics.example.com', offers: [offer('promql')] } },
}`;

export const connections: PartSettings = {
  'duplicate-party': inOptions('{ parties: example.parties.map((one) => ({ ...party, ...one })) }'),
  'duplicate-workload': inOptions(
    "{ components: ['shop', 'cart'].map((name) => ({ name, ...component, ...example })) }",
  ),
  'duplicate-port': inOptions(
    "{ components: [{ name: 'shop', ...component, endpoints: each(example.endpoints, { offers: [] }) }] }",
  ),
  'no-provider': inOptions('{ jaeger: { enabled: false }, parties: [{ ...party, ...example }] }'),
  'several-providers': inOptions(`{ parties: [{ ...party, ...example }, ${metrics}] }`),
  'unknown-choice': inOptions(),
  'duplicate-source': inOptions(
    "{ parties: [{ ...party, endpoints: each(example.endpoints, { host: 'logs.example.com' }) }] }",
  ),
  'source-authentication': inOptions(`{ parties: [{ ...party, endpoints: { query: {
    port: 3100,
    host: 'logs.example.com',
    offers: [offer('datasource', { variant: 'loki' })],
    authentication: { grants: [], ...example.authentication },
  } } }] }`),
  'receiver-host': inOptions(
    `{ ...example, parties: example.parties.map((one) => ({ ...party, ...one, endpoints: each(one.endpoints, { offers: [offer('traces', { variant: 'grpc' })] }) })) }`,
  ),
  'receiver-login': inOptions(`{
    otelGateway: { enabled: true },
    choices: { 'otel-gateway.traces': 'shop' },
    parties: [{ ...party, endpoints: { grpc: {
      host: 'shop.shop.svc',
      offers: [offer('traces', { variant: 'grpc' })],
      ...example.endpoints.grpc,
      authentication: { kind: 'bearer', token: { secret: 'shop', key: 'token' } },
    } } }],
  }`),
  'receiver-path': inOptions(),
  'loki-path': inOptions(),
  'no-tenant': inOptions(
    '{ ...example, parties: example.parties.map((one) => ({ ...party, ...one })) }',
  ),
  'no-logs': inOptions(),
  'relay-loop': inOptions(`{ ...example, otelGateway: { enabled: true }, parties: [{
    ...party,
    name: 'relay',
    endpoints: { grpc: {
      port: 4317, scheme: 'grpc', host: 'relay.shop.svc',
      offers: [offer('traces', { variant: 'grpc' })],
    } },
    consumes: [required('traces')],
  }] }`),
  'uncounted-spans': inOptions(
    "{ ...example, parties: [{ ...party, name: 'checkout', consumes: [required('traces', { variant: 'grpc' })] }] }",
  ),
  'other-place': inOptions(`{ parties: [{ ...party, ...example, endpoints: each(example.endpoints, {
    offers: [offer('datasource', { variant: 'loki' })],
  }) }] }`),
  'shared-namespace': inOptions(
    '{ parties: example.parties.map((one) => ({ ...party, ...one })) }',
  ),
  'unknown-kept-job': inOptions(),
  'unknown-kept-metric': inOptions(),
  'duplicate-job': inOptions(
    '{ parties: [{ ...party, endpoints: { web: { port: 8080, ...example } } }] }',
  ),
  'long-timeout': inOptions(
    '{ parties: [{ ...party, endpoints: { web: { port: 8080, ...example } } }] }',
  ),
};

const check = (rest: string): string =>
  moduleOf(`export default defineCheck({ summary: 'a', faults: {}, ${rest} });`);

export const checks: PartSettings = {
  'not-loadable': asFile('checks/shop.ts'),
  'no-default-export': asCode('checks/shop.ts'),
  'duplicate-name': asNames(check('run: () => []')),
  'no-check': asCode('checks/shop.ts'),
  'failing-check': inProject((example) => ({ 'checks/shop.ts': check(example) })),
};

export const publish: PartSettings = {
  // A file instead of the folder, so that nothing can be written to it.
  'not-written': inProject((example) => ({ dist: example })),
};
