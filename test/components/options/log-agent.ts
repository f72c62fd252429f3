import type { EnvironmentOptions } from '../../../src/environment/environment.js';
import type { WholeOptions } from '../options.js';

// Alternatives, each of which `log-agent.test.ts` has.
type Alternatives = 'config' | 'namespaces' | 'multiline';
type Options = Omit<WholeOptions<'logAgent'>, Alternatives> &
  Required<Pick<NonNullable<EnvironmentOptions['logAgent']>, Alternatives>>;

export default {
  enabled: true,
  cpu: '50m',
  memory: '96Mi',
  memoryLimit: '512Mi',
  priorityClass: 'agents',
  queue: '2Gi',
  namespaces: { except: ['kube-system', 'batch'] },
  multiline: [
    { namespace: 'shop', pod: 'java-.*', container: 'app', firstLine: '\\d{4}-\\d{2}-\\d{2}' },
    { container: 'worker', firstLine: '\\[' },
  ],
  runtime: 'docker',
  seLinuxType: 'spc_t',
  config: {
    processors: {
      'filter/probes': { logs: { log_record: ['IsMatch(log.body, "GET /live")'] } },
      attributes: { actions: [{ key: 'user.email', action: 'delete' }] },
    },
  },
  store: {
    url: 'https://logs.example.com/otlp',
    protocol: 'http',
    authentication: {
      kind: 'header',
      name: 'x-api-key',
      value: { secret: 'logs', key: 'api-key' },
    },
    headers: { 'X-Scope-OrgID': 'shop' },
    certificateAuthority: { configMap: 'company-ca', key: 'ca.crt' },
    at: { kind: 'addresses', cidrs: ['203.0.113.0/24'] },
    unverified: 'its certificate is being renewed',
  },
} satisfies Options;
