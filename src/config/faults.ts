import { type FaultKind, type FaultKinds, type FoundFault, findingMaker } from '../model/fault.js';
import type { Finding } from '../model/finding.js';
import { firstLineOf } from '../model/unreadable.js';
import { optionReference, valueFaults } from '../schema/fault.js';
import { originOf } from './origin.js';

type ModuleFault = 'not-loadable' | 'no-default-export' | 'duplicate-name';

/** Kinds of fault in a folder of modules, with an example of each. */
export const moduleFaults = (
  examples: Readonly<Record<ModuleFault, string>>,
): Readonly<Record<ModuleFault, FaultKind>> => ({
  'not-loadable': {
    what: 'The file cannot be loaded.',
    why: 'Its content is unknown, so nothing is written.',
    example: examples['not-loadable'],
    fix: 'Correct the error in the file.',
  },
  'no-default-export': {
    what: 'The file has no default export.',
    why: 'Its content is unknown, so nothing is written.',
    example: examples['no-default-export'],
    fix: 'Export what the file defines: export default …',
  },
  'duplicate-name': {
    what: 'Another file has the same name.',
    why: 'The name of the file is the name of what it defines.',
    example: examples['duplicate-name'],
    fix: 'Rename one of the files.',
  },
});

/** The kind of fault for a file that nothing reads, with an example. */
export const strayFaults = (example: string): Readonly<Record<'unread-file', FaultKind>> => ({
  'unread-file': {
    what: 'Nothing reads this file or folder.',
    why: 'Its content has no effect.',
    example,
    fix: 'Rename it, or move it to another folder.',
  },
});

/** Kinds of fault in checks, including those of a user. */
export const checkFaults = {
  ...moduleFaults({
    'not-loadable':
      "import { defineCheck } from '../src/indx.js';\n\nexport default defineCheck({ … });",
    'no-default-export': 'export const check = defineCheck({ … });',
    'duplicate-name': 'checks/schema.ts   # the name of a shipped check',
  }),
  'no-check': {
    what: 'The file does not export a check.',
    why: 'It cannot be run, so nothing is written.',
    example: 'export default { run: () => [] };',
    fix: 'Export a check: export default defineCheck({ summary, faults, run }).',
  },
  'failing-check': {
    what: 'The check throws an error.',
    why: 'Its findings are unknown, so nothing is written.',
    example: 'run: ({ manifests }) => manifests.map(({ object }) => object.spec.replicas.length)',
    fix: 'Correct the check: a part of an object can be missing or have another shape.',
  },
} satisfies FaultKinds;

const filesOfFolder = { ...checkFaults, ...strayFaults('') };

/** A finding about a file in a folder of modules, reported as `source`. */
export const moduleFinding = (
  source: string,
  found: FoundFault<keyof typeof filesOfFolder>,
): Finding => findingMaker(source, filesOfFolder)(found);

/** Kinds of fault in environments. */
export const configFaults = {
  ...valueFaults(
    {
      'unknown-option': "prometheus: { retenton: '15d' }",
      'missing-option': "cluster: { platform: 'kubeadm', … }   // without name",
      'invalid-value': "prometheus: { retention: '15 days' }",
      'invalid-name': "prometheus: { externalLabels: { 'a-b': 'c' } }",
    },
    optionReference,
  ),
  ...moduleFaults({
    'not-loadable':
      "import production from './prodcution.js';\n\nexport default { ...production, size: 'small' };",
    'no-default-export': 'export const production = { … };',
    'duplicate-name': 'environments/production.ts, environments/production.js',
  }),
  ...strayFaults('environments/production.yaml'),
  'no-environment': {
    what: 'The folder has no environment.',
    why: 'There is nothing to synthesize.',
    example: 'environments/README.md',
    fix: 'Add a file with an environment as its default export.',
  },
  'environment-name': {
    what: 'The name of the file is not a valid name for an environment.',
    why: 'It is the name of a folder, and part of commands and paths.',
    example: 'environments/My Cluster.ts',
    fix: 'Use lower-case letters, digits and dashes, such as production.ts.',
  },
  'emptied-output': {
    what: 'cdk8s-cli deletes the content of this folder when it starts, and with it the published manifests.',
    why: 'The check for shrinking volumes needs the published manifests, and after an error the folder is empty.',
    example: '# cdk8s.yaml\noutput: dist',
    fix: "Set output in cdk8s.yaml to another folder, such as '.cdk8s', and restore this one.",
  },
  'invalid-lock': {
    what: 'images.lock is not a mapping of image references with a tag to digests.',
    why: 'It is unknown which images are meant, so nothing is written.',
    example: '# images.lock\nquay.io/prometheus/prometheus:v3.5.0: sha256:12ab',
    fix: 'Write it with crowsnest images lock, or delete it.',
  },
  'invalid-patch': {
    what: 'The function patch throws an error, or does not return an object.',
    why: 'The patched object is unknown, so nothing is written.',
    example: 'patch: (object) => { object.spec.replicas = 2; }',
    fix: 'Return the object, also if there is nothing to change.',
  },
  'failing-component': {
    what: 'A function of a component fails.',
    why: 'Its objects are unknown, so nothing is written.',
    example: "render: (scope, wiring) => workload(scope, wiring, 'malier', { … })",
    fix: 'Correct the function.',
  },
  'unknown-waiver': {
    what: 'A waiver names a check or a code that does not exist.',
    why: 'The waiver has no effect.',
    example:
      "waivers: [{ check: 'selctors', at: 'Service crowsnest/shop', reason: 'its pods come later' }]",
    fix: 'Use the name of a check, or a code such as selectors/no-pods.',
  },
  'unknown-strict': {
    what: 'The option strict names a check or a code that does not exist.',
    why: 'No warning becomes an error.',
    example: "synthesize({ strict: ['content/no-tset'], … })",
    fix: "Use the name of a check, a code such as content/no-test, or 'all'.",
  },
  'unused-waiver': {
    what: 'The waiver waives nothing: the check finds nothing at this place.',
    why: 'It would hide a fault that appears there later.',
    example:
      "waivers: [{ check: 'selectors', at: 'Service crowsnest/shpo', reason: 'its pods come later' }]",
    fix: 'Remove it, or write the object as in the finding, such as Service crowsnest/shop.',
    severity: 'warning',
  },
  'open-login': {
    what: 'Anybody can log in to Grafana: everybody can have an account at this provider.',
    why: 'Dashboards and data sources are readable by strangers who can reach Grafana.',
    example: `grafana: {
  oidc: {
    name: 'Google', clientId: 'grafana', clientSecret: { secret: 'grafana', key: 'oidc' },
    authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    userInfoUrl: 'https://openidconnect.googleapis.com/v1/userinfo',
    rolePath: "'Viewer'",
  },
}`,
    fix: 'Set allowedDomains or allowedGroups, or a rolePath that returns a role only for your users.',
    severity: 'warning',
  },
  'exposed-login': {
    what: 'Grafana is exposed, and anybody can log in: everybody can have an account at this provider.',
    why: 'Strangers read the dashboards and query the data sources.',
    example: `exposure: { grafana: { … } },
grafana: { oidc: { … } }   // of a provider such as Google, without allowedDomains`,
    fix: 'Set allowedDomains or allowedGroups, or a rolePath that returns a role only for your users.',
  },
  'unknown-setting': {
    what: 'Crowsnest does not know this setting of Grafana.',
    why: 'It is written as it is, and synth cannot check whether Grafana has it.',
    example: "grafana: { settings: { panels: { brand_new: 'on' } } }",
    fix: 'Check the name in the documentation of Grafana.',
    severity: 'warning',
  },
  'unused-option': {
    what: 'The environment does not deploy this component, so its options have no effect.',
    why: 'The platform or another option disables it, such as nodeAgents, or containerMetrics.',
    example:
      "nodeAgents: { kind: 'none', reason: 'the nodes are not ours' },\nnodeExporter: { port: 9200 }",
    fix: 'Remove the options, or set enabled: false beside them.',
    severity: 'warning',
  },
  'unknown-secret': {
    what: 'An option has a misspelt name of a Secret or a key.',
    why: 'The Secret that was meant has another place or version.',
    example:
      "grafana: { credentials: { secret: 'grafana-credentials' } },\nsecrets: { source: { kind: 'external-secrets', store: { kind: 'SecretStore', name: 'vault' }, except: ['grafana-credential'] } }",
    fix: 'Use the name of a Secret that crowsnest secrets lists.',
  },
  'unused-secret': {
    what: 'An option is about a Secret or a key that nothing in this environment reads, or for which no pod has to restart.',
    why: 'The option has no effect.',
    example: "secrets: { versions: { 'old-database': '2' } }",
    fix: 'Remove it, or use the name of a Secret that crowsnest secrets lists.',
    severity: 'warning',
  },
  'unsealed-secret': {
    what: 'A file of secrets.source.folder has a value of a Secret that is not sealed.',
    why: 'Everybody who can read the repository can read it, and it would be in dist/ too.',
    example:
      '# secrets/production/alertmanager.yaml\nkind: Secret\nmetadata: { name: alertmanager }\nstringData: { slack: … }',
    fix: 'Seal it with kubeseal, and delete the file. If it was committed, replace the value on its server.',
  },
  'missing-sealed-secret': {
    what: 'No file of secrets.source.folder has a SealedSecret, or a key of it, that the stack reads.',
    why: 'The pods that read the Secret never start.',
    example:
      "secrets: { source: { kind: 'sealed-secrets', folder: 'secrets/production' } }   // an empty folder",
    fix: 'Run the command of the finding, or name the Secret in except if somebody else creates it.',
  },
  'invalid-sealed-file': {
    what: 'A file of secrets.source.folder has something else than what Sealed Secrets reads.',
    why: 'It does not become the Secret that the stack reads.',
    example: '# secrets/production/alertmanager.yaml\nkind: ConfigMap',
    fix: 'Keep only files there that kubeseal --format yaml has written.',
  },
  'private-authority': {
    what: 'The operator of a database signs its certificate with an authority of its own.',
    why: 'The exporter trusts only public certificate authorities, so it probably never connects.',
    example:
      "postgresExporter: { servers: [{ name: 'orders', host: 'orders.abc.eu-central-1.rds.amazonaws.com', user: 'exporter', password: { secret: 'orders', key: 'password' }, at: { kind: 'addresses', cidrs: ['10.0.8.0/24'] } }] }",
    fix: "Put its bundle of certificates into a Secret, and set tls: { kind: 'verify-full', certificateAuthority: { secret, key } }.",
    severity: 'warning',
  },
  'shared-objects': {
    what: 'Two environments of one cluster have the same objects.',
    why: 'Each pipeline overwrites and deletes what the other applies.',
    example:
      '// environments/other.ts with the same cluster and stack as environments/production.ts',
    fix: "Give each environment of the cluster its own stack: 'other', from which the names of objects and namespaces derive.",
  },
  'shared-node-port': {
    what: 'Node agents of two environments of one cluster have the same port of the nodes.',
    why: 'A node has each port only once, so the pods of one of them do not start.',
    example: "// environments/other.ts with another stack: 'other', and the same nodeExporter.port",
    fix: "Use another port, or disable the node agents of one of them: nodeAgents: { kind: 'none', reason: '…' }.",
  },
  'shared-bucket': {
    what: 'Two environments write to the same bucket: Loki, or backups in the same folder.',
    why: 'Each Loki finds the lines of the other, and both compact and delete the same index, which only one process may do: lines can be lost. A restore gets the newest copy of either.',
    example:
      "// in two environments\nloki: { enabled: true, bucket: { name: 'logs', region: 'eu-central-1', authentication: { kind: 'pod-identity' } } }",
    fix: 'Give each Loki a bucket of its own, and the backups of each environment a prefix of their own.',
    severity: 'warning',
  },
  'enterprise-setting': {
    what: 'Only Grafana Enterprise reads these settings.',
    why: 'The image that ships is the open-source one, which ignores them.',
    example: "grafana: { settings: { 'auth.saml': { enabled: true } } }",
    fix: 'Remove them, or use an image of Grafana Enterprise in imageMirror.',
    severity: 'warning',
  },
  'disabled-setting': {
    what: 'The setting has no effect: its section is not enabled.',
    why: 'Grafana connects to no server of a section that is off, and the policies do not allow it.',
    example: "grafana: { settings: { smtp: { host: 'smtp.example.com:587' } } }",
    fix: 'Set enabled: true in the section, or remove it. With enabled: false, there is no warning.',
    severity: 'warning',
  },
  'no-aws-credentials': {
    what: 'Requests are signed for AWS (sigv4), and the environment states no credentials.',
    why: 'Prometheus and Alertmanager sign only with the credentials of AWS that they find: those of a Secret, or of a role of their pod. Without them, Prometheus does not start, and Alertmanager sends no such notification.',
    example:
      "prometheus: { remoteWrite: [{ url: 'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-example/api/v1/remote_write', sigv4: { region: 'eu-west-1' } }] }",
    fix: "Set awsRole of prometheus or alertmanager, such as { kind: 'service-account', arn: 'arn:aws:iam::123456789012:role/prometheus' } or { kind: 'pod-identity' }, or awsCredentials of an entry of remoteWrite or remoteRead.",
    severity: 'warning',
  },
  'unused-role': {
    what: 'awsRole has no effect: nothing signs requests with it.',
    why: 'Prometheus uses the role only for sigv4 of remoteWrite and remoteRead without awsCredentials, and Alertmanager only for sns_configs.',
    example: "prometheus: { awsRole: { kind: 'pod-identity' } }",
    fix: 'Remove it, or set sigv4 of an entry, or a receiver with sns_configs.',
    severity: 'warning',
  },
  'short-wait': {
    what: 'The gateway decides about most traces before they can be slow enough.',
    why: 'The decision knows only the spans that arrived before it, so most slow traces are not kept.',
    example: "otelGateway: { enabled: true, sampling: { slow: '30s' } }   // wait is '10s'",
    fix: 'Set a longer sampling.wait, or a shorter sampling.slow.',
    severity: 'warning',
  },
  'small-volume': {
    what: 'The volume of Loki is full before the retention deletes lines.',
    why: 'Loki refuses new lines while its volume is nearly full.',
    example: "loki: { enabled: true, linesPerSecond: 1000, volume: '20Gi' }   // retention is '7d'",
    fix: 'Set a larger volume, a shorter retention, or the rate that you expect.',
    severity: 'warning',
  },
  'unbounded-label': {
    what: 'The attribute has a value of its own for each request, user or process.',
    why: 'Each value is a stream with its own chunks: memory, index and number of files grow with them, up to the limit of streams. Structured metadata can be filtered in the same way.',
    example: "loki: { enabled: true, labels: ['k8s.namespace.name', 'trace_id'] }",
    fix: 'Remove it from the labels.',
  },
  'overridden-setting': {
    what: 'The setting overrides what Crowsnest chooses.',
    why: 'Crowsnest chooses it to protect users, or because the policies allow no requests to the internet.',
    example: 'grafana: { settings: { security: { allow_embedding: true } } }',
    fix: 'Remove it, unless you need it.',
    severity: 'warning',
  },
} satisfies FaultKinds;

/** A kind of fault in an environment. */
export type ConfigFault = keyof typeof configFaults;

export const configFinding = findingMaker('config', configFaults);

/** The finding about an error in a function of the user's component `name`, which is listed at `place`. */
export const failingComponent = (
  name: string,
  place: { readonly file: string; readonly path: string },
  of: 'declare' | 'render',
  error: unknown,
): Finding => {
  return configFinding({
    fault: 'failing-component',
    place: { ...place, ...originOf(error) },
    message: `The function ${of} of the component '${name}' fails: ${firstLineOf(error)}`,
  });
};
