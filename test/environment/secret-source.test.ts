import { describe, expect, test } from 'vitest';
import schema from '../../src/checks/objects/schema.js';
import { listSecrets } from '../../src/cli/secrets/list.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { checkInputOf } from '../../src/run-checks.js';
import { build, minimal, withFewComponents } from '../environment.js';

type Source = Extract<
  NonNullable<NonNullable<EnvironmentOptions['secrets']>['source']>,
  { kind: 'external-secrets' }
>;

const source: Source = {
  kind: 'external-secrets',
  store: { kind: 'ClusterSecretStore', name: 'vault' },
  prefix: 'observability/',
};

const stackWith = (changes: Partial<Source>, options: Partial<EnvironmentOptions> = {}) =>
  build({
    ...minimal,
    ...withFewComponents,
    grafana: { credentials: { secret: 'grafana-credentials' } },
    secrets: { source: { ...source, ...changes } },
    ...options,
  });

const externalIn = ({ manifests }: ReturnType<typeof build>) =>
  manifests.map(({ object }) => object).filter(({ kind }) => kind === 'ExternalSecret');

test('each Secret is an ExternalSecret with the place of each key, valid against the schema of its kind', () => {
  const stack = stackWith({});
  const [object, ...others] = externalIn(stack);
  expect(others).toEqual([]);
  expect(object).toMatchInlineSnapshot(`
    {
      "apiVersion": "external-secrets.io/v1",
      "kind": "ExternalSecret",
      "metadata": {
        "annotations": {
          "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
          "argocd.argoproj.io/sync-wave": "-1",
          "kustomize.toolkit.fluxcd.io/prune": "disabled",
        },
        "labels": {
          "app.kubernetes.io/instance": "crowsnest",
          "app.kubernetes.io/managed-by": "crowsnest",
          "app.kubernetes.io/part-of": "crowsnest",
        },
        "name": "grafana-credentials",
        "namespace": "crowsnest",
      },
      "spec": {
        "data": [
          {
            "remoteRef": {
              "conversionStrategy": "Default",
              "decodingStrategy": "None",
              "key": "observability/grafana-credentials",
              "metadataPolicy": "None",
              "property": "admin-user",
            },
            "secretKey": "admin-user",
          },
          {
            "remoteRef": {
              "conversionStrategy": "Default",
              "decodingStrategy": "None",
              "key": "observability/grafana-credentials",
              "metadataPolicy": "None",
              "property": "admin-password",
            },
            "secretKey": "admin-password",
          },
          {
            "remoteRef": {
              "conversionStrategy": "Default",
              "decodingStrategy": "None",
              "key": "observability/grafana-credentials",
              "metadataPolicy": "None",
              "property": "secret-key",
            },
            "secretKey": "secret-key",
          },
        ],
        "refreshInterval": "1h",
        "secretStoreRef": {
          "kind": "ClusterSecretStore",
          "name": "vault",
        },
        "target": {
          "creationPolicy": "Owner",
          "deletionPolicy": "Retain",
          "name": "grafana-credentials",
          "template": {
            "engineVersion": "v2",
            "mergePolicy": "Replace",
            "metadata": {
              "annotations": {
                "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
                "kustomize.toolkit.fluxcd.io/prune": "disabled",
              },
            },
            "type": "Opaque",
          },
        },
      },
    }
  `);
  expect(schema.run(checkInputOf(stack, [], {}))).toEqual([]);
});

test('without a source, there is no ExternalSecret, and no order of Argo CD', () => {
  const { manifests } = build({
    ...minimal,
    grafana: { credentials: { secret: 'grafana-credentials' } },
  });
  expect(JSON.stringify(manifests)).not.toMatch(/ExternalSecret|sync-wave/);
});

test('Argo CD applies the namespaces, then the Secrets, then the rest', () => {
  const waves = stackWith({}).manifests.map(({ object: { kind, metadata } }) => [
    kind,
    metadata.annotations?.['argocd.argoproj.io/sync-wave'],
  ]);
  expect(waves.filter(([, wave]) => wave !== undefined)).toEqual([
    ['Namespace', '-2'],
    ['Namespace', '-2'],
    ['ExternalSecret', '-1'],
  ]);
});

describe('the place of a value', () => {
  const placesOf = (changes: Partial<Source>) =>
    Object.fromEntries(
      externalIn(stackWith(changes)).flatMap(({ spec }) =>
        spec.data.map(
          ({ secretKey, remoteRef }: { secretKey: string; remoteRef: Record<string, string> }) => [
            secretKey,
            [remoteRef.key, remoteRef.property],
          ],
        ),
      ),
    );

  test('is the field of its name in the entry with the prefix and the name of the Secret', () => {
    expect(placesOf({})['admin-user']).toEqual(['observability/grafana-credentials', 'admin-user']);
  });

  test('can be another entry for a Secret or a key, and a whole entry', () => {
    const values = { 'secret-key': { key: 'grafana-key' }, 'admin-user': { property: 'user' } };
    expect(placesOf({ remote: { 'grafana-credentials': { key: 'grafana', values } } })).toEqual({
      'admin-user': ['grafana', 'user'],
      'admin-password': ['grafana', 'admin-password'],
      'secret-key': ['grafana-key', undefined],
    });
  });
});

test('a type of Secret is kept, and a SecretStore must exist in each namespace with Secrets', () => {
  const stack = stackWith(
    { store: { kind: 'SecretStore', name: 'vault' } },
    { pullSecrets: ['registry'] },
  );
  expect(
    externalIn(stack).map(({ metadata, spec }) => [
      `${metadata.namespace}/${metadata.name}`,
      spec.target.template.type,
    ]),
  ).toEqual([
    ['crowsnest-agents/registry', 'kubernetes.io/dockerconfigjson'],
    ['crowsnest/grafana-credentials', 'Opaque'],
    ['crowsnest/registry', 'kubernetes.io/dockerconfigjson'],
  ]);
  expect(
    stack.prerequisites
      .filter(({ kind }) => kind === 'SecretStore')
      .map(({ namespace, name }) => `${namespace}/${name}`),
  ).toEqual(['crowsnest-agents/vault', 'crowsnest/vault']);
});

test('an excepted Secret is created by a command, the others by External Secrets', () => {
  const stack = stackWith({ except: ['registry'] }, { pullSecrets: ['registry'] });
  expect(listSecrets(stack).map(({ createdBy }) => createdBy)).toEqual([
    expect.stringMatching(/^kubectl -n crowsnest-agents create secret docker-registry registry /),
    'External Secrets, from ClusterSecretStore vault: the fields of these names of observability/grafana-credentials',
    expect.stringMatching(/^kubectl -n crowsnest create secret docker-registry registry /),
  ]);
});

test.each<[Partial<Source>, string, string | undefined]>([
  [{ except: ['grafana-credential'] }, 'except[0]', 'grafana-credentials'],
  [{ remote: { 'grafana-secret': {} } }, "remote['grafana-secret']", undefined],
  [
    { remote: { 'grafana-credentials': { values: { 'admin-pasword': {} } } } },
    "remote['grafana-credentials'].values['admin-pasword']",
    'admin-password',
  ],
])(
  'a name in %j that nothing reads is an error if it is misspelt, otherwise a warning',
  (changes, path, suggestion) => {
    expect(stackWith(changes).findings).toEqual([
      expect.objectContaining({
        code: suggestion ? 'config/unknown-secret' : 'config/unused-secret',
        severity: suggestion ? 'error' : 'warning',
        place: { path: `secrets.source.${path}` },
        ...(suggestion && { suggestion }),
      }),
    ]);
  },
);

test('the list names each place, if a Secret has several', () => {
  const remote = { 'grafana-credentials': { values: { 'admin-user': { key: 'user' } } } };
  expect(listSecrets(stackWith({ remote }))[0]?.createdBy).toBe(
    'External Secrets, from ClusterSecretStore vault: admin-user from user; admin-password from the field admin-password of observability/grafana-credentials; secret-key from the field secret-key of observability/grafana-credentials',
  );
});
