import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runSecrets } from '../../src/cli/secrets/run.js';
import { importModule } from '../../src/config/modules.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { buildStack } from '../../src/stack.js';
import { build, minimal, noContent, validated, withFewComponents } from '../environment.js';
import { repository } from '../output/command.js';
import { temporaryFolder } from '../output/folder.js';
import { type Cluster, startCluster } from './cluster.js';
import { prepare } from './cluster-apply.js';
import { prerequisites } from './cluster-prerequisites.js';
import { environments } from './shipped.js';
import { eventually } from './wait.js';

let cluster: Cluster;
beforeEach(async () => {
  cluster = await startCluster();
});
afterEach(() => cluster?.stop());

/** What `crowsnest secrets --check` says as the owner of a token. */
const check = async (environment: string, token = 'administrator') => {
  vi.stubEnv('KUBECONFIG', cluster.kubeconfig(temporaryFolder(), token));
  let stdout = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const complete = await runSecrets(
      { environment: [environment], check: true, json: true },
      {
        shipped: repository,
        load: importModule,
        importPackage: (name: string) => import(name),
        forget: () => undefined,
        version: '0',
      },
    );
    const [{ secrets }] = JSON.parse(stdout);
    return { complete, stdout, states: secrets.map((one: { state: object }) => one.state) };
  } finally {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  }
};

const withSecrets = environments.filter((environment) =>
  prerequisites(environment).some(({ kind }) => kind === 'Secret'),
);

describe.each(withSecrets)('the Secrets of %s', (environment) => {
  it('are missing, complete, empty or unknown as in the cluster, and no value is printed', async () => {
    const missing = await check(environment);
    expect(missing.complete).toBe(false);
    expect(missing.states.every(({ kind }: { kind: string }) => kind === 'missing')).toBe(true);

    await prepare(cluster, environment);
    const complete = await check(environment);
    expect(complete.states).toEqual(missing.states.map(() => ({ kind: 'complete' })));
    expect(complete.complete).toBe(true);
    // The value of every key, as it is and as the API server sends it.
    expect(complete.stdout).not.toContain('placeholder');
    expect(complete.stdout).not.toContain(Buffer.from('placeholder').toString('base64'));

    const [secret] = prerequisites(environment).filter(({ kind }) => kind === 'Secret');
    const { namespace, name = '' } = secret?.metadata ?? {};
    const [key = ''] = Object.keys(Object(secret?.stringData));
    const patch = JSON.stringify({ stringData: { [key]: '' } });
    const { failed, stderr } = await cluster.kubectl([
      ...['-n', `${namespace}`, 'patch', 'secret', name],
      ...['--type=merge', '-p', patch],
    ]);
    expect(failed, stderr).toBe(false);
    const empty = await check(environment);
    expect(empty.complete).toBe(false);
    expect(empty.states).toContainEqual({ kind: 'incomplete', missing: [], empty: [key] });

    await cluster.kubectl(['create', 'serviceaccount', 'nobody']);
    const unknown = await check(environment, await cluster.token('default', 'nobody'));
    expect(unknown.states).toEqual(missing.states.map(() => ({ kind: 'unknown', status: 403 })));
  });
});

/** The definition of a kind, from the Go module of its operator. */
const definitionIn = (module: string, file: string): string => {
  const source = new URL('../../tools/schema/kubernetes-schema.ts', import.meta.url);
  const [versioned] = new RegExp(`${module}@v[\\d.]+`).exec(readFileSync(source, 'utf8')) ?? [];
  const args = ['mod', 'download', '-json', `${versioned}`];
  const { Dir } = JSON.parse(execFileSync('go', args, { encoding: 'utf8' }));
  return join(Dir, file);
};

const options = {
  ...minimal,
  ...withFewComponents,
  grafana: { credentials: { secret: 'grafana-credentials' } },
} satisfies EnvironmentOptions;

const external = build({
  ...options,
  pullSecrets: ['registry'],
  secrets: {
    source: {
      kind: 'external-secrets',
      store: { kind: 'ClusterSecretStore', name: 'vault' },
      remote: { registry: { key: 'registry', values: { '.dockerconfigjson': {} } } },
    },
  },
});

const file = join(repository, 'test/environment/sealed/grafana-credentials.yaml');
const sealed = buildStack(
  {
    ...validated({
      ...options,
      secrets: { source: { kind: 'sealed-secrets', folder: 'secrets' } },
    }),
    sealedFiles: [{ file, text: readFileSync(file, 'utf8') }],
  },
  noContent,
);

describe.each([
  {
    kind: 'ExternalSecret',
    count: 3,
    stack: external,
    path: 'external-secrets.io/v1',
    definition: [
      'github.com/external-secrets/external-secrets',
      'config/crds/bases/external-secrets.io_externalsecrets.yaml',
    ],
    wrong: { secretStoreRef: { kind: 'Vault' } },
    message: /secretStoreRef.kind: Unsupported value: "Vault"/,
  },
  {
    kind: 'SealedSecret',
    count: 1,
    stack: sealed,
    path: 'bitnami.com/v1alpha1',
    definition: [
      'github.com/bitnami-labs/sealed-secrets',
      'helm/sealed-secrets/crds/bitnami.com_sealedsecrets.yaml',
    ],
    wrong: { template: { immutable: 'no' } },
    message: /template.immutable\): invalid type/,
  },
])('each $kind of an environment', ({ kind, count, stack, path, definition, wrong, message }) => {
  const objects = stack.manifests.map(({ object }) => object);
  const own = objects.filter((one) => one.kind === kind);

  it('is accepted with strict validation, and the API server adds no field for Argo CD to see', async () => {
    const applied = async (items: readonly object[]) => {
      const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
      const args = ['apply', '--validate=strict', '--server-side', '-f', '-'];
      const { failed, stderr } = await cluster.kubectl(args, list);
      return failed ? stderr : undefined;
    };
    const [module = '', crd = ''] = definition;
    const { failed, stderr } = await cluster.kubectl([
      ...['apply', '--server-side', '-f', definitionIn(module, crd)],
    ]);
    expect(failed, stderr).toBe(false);
    expect(await applied(objects.filter((one) => one.kind === 'Namespace'))).toBeUndefined();
    await eventually('the API server accepts the objects', async () => {
      const reason = await applied(own);
      if (reason && !/no matches for kind|not find the requested/.test(reason)) {
        throw new Error(reason);
      }
      return reason === undefined || undefined;
    });
    expect(own).toHaveLength(count);
    for (const { metadata, spec } of own) {
      const at = `/apis/${path}/namespaces/${metadata.namespace}/${kind.toLowerCase()}s/${metadata.name}`;
      expect((await cluster.request({ path: at })).body.spec).toEqual(spec);
    }
    const [first] = own;
    expect(await applied([{ ...first, spec: { ...first?.spec, ...wrong } }])).toMatch(message);
  });
});
