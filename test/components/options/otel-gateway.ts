import type { EnvironmentOptions } from '../../../src/environment/environment.js';
import type { WholeOptions } from '../options.js';

// Native configuration is alternatives: `otel-gateway-native.test.ts` has more of them.
type Options = Omit<WholeOptions<'otelGateway'>, 'config'> &
  Required<Pick<NonNullable<EnvironmentOptions['otelGateway']>, 'config'>>;

export default {
  enabled: true,
  cpu: '1',
  memory: '1Gi',
  memoryLimit: '3Gi',
  volume: '20Gi',
  claimTemplate: '20Gi',
  replicas: 2,
  priorityClass: 'traces',
  sampling: {
    errors: true,
    slow: '1500ms',
    always: [{ attribute: 'customer.tier', values: ['gold', 'platinum'] }],
    services: { checkout: 0.5, cart: 0.05 },
    rest: 0.01,
    wait: '20s',
  },
  logs: {
    store: {
      url: 'https://logs.example.com/otlp',
      protocol: 'http',
      authentication: {
        kind: 'header',
        name: 'x-api-key',
        value: { secret: 'logs', key: 'token' },
      },
      headers: { 'X-Scope-OrgID': 'shop' },
      certificateAuthority: { configMap: 'company-ca', key: 'ca.crt' },
      at: { kind: 'addresses', cidrs: ['203.0.113.0/24'] },
      unverified: 'its certificate is being renewed',
    },
  },
  metrics: true,
  config: {
    processors: {
      'filter/health': {
        error_mode: 'ignore',
        traces: { span: ['attributes["url.path"] == "/live"'] },
      },
      attributes: { actions: [{ key: 'user.email', action: 'delete' }] },
    },
    logProcessors: {
      'attributes/logs': { actions: [{ key: 'user.email', action: 'delete' }] },
      transform: {
        log_statements: ['set(log.severity_text, "INFO") where log.severity_text == ""'],
      },
    },
    policies: [{ name: 'many-spans', type: 'span_count', span_count: { min_spans: 100 } }],
  },
  store: {
    url: 'https://otlp.example.com/otlp',
    protocol: 'http',
    authentication: {
      kind: 'header',
      name: 'x-api-key',
      value: { secret: 'traces', key: 'api-key' },
    },
    headers: { 'X-Scope-OrgID': 'shop' },
    certificateAuthority: { configMap: 'company-ca', key: 'ca.crt' },
    at: { kind: 'addresses', cidrs: ['203.0.113.0/24'] },
    unverified: 'its certificate is being renewed',
  },
} satisfies Options;
