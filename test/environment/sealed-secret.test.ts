import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import credentials from '../../src/checks/access/credentials.js';
import schema from '../../src/checks/objects/schema.js';
import { listSecrets } from '../../src/cli/secrets/list.js';
import { checkInputOf } from '../../src/run-checks.js';
import { buildStack } from '../../src/stack.js';
import { minimal, noContent, validated, withFewComponents } from '../environment.js';

/** What kubeseal 0.40.0 has written for these keys, with a certificate of the test. */
const real = readFileSync(join(import.meta.dirname, 'sealed/grafana-credentials.yaml'), 'utf8');

const stackWith = (texts: Readonly<Record<string, string>>, except: string[] = []) => {
  const environment = validated({
    ...minimal,
    ...withFewComponents,
    grafana: { credentials: { secret: 'grafana-credentials' } },
    secrets: { source: { kind: 'sealed-secrets', folder: 'secrets/test', except } },
  });
  const sealedFiles = Object.entries(texts).map(([name, text]) => ({
    file: `secrets/test/${name}.yaml`,
    text,
  }));
  return buildStack({ ...environment, sealedFiles }, noContent);
};

const foundIn = (texts: Readonly<Record<string, string>>, except?: string[]) =>
  stackWith(texts, except).findings.map(({ code, place, message, remedy }) => ({
    code,
    at: place.file ? `${place.file}:${place.line}` : place.path,
    message,
    remedy,
  }));

describe('a file that kubeseal has written', () => {
  const stack = stackWith({ grafana: real });
  const sealed = stack.manifests
    .map(({ object }) => object)
    .filter(({ kind }) => kind === 'SealedSecret');

  test('is in dist, as it is, before what reads its Secret', () => {
    expect(stack.findings).toEqual([]);
    expect(sealed).toHaveLength(1);
    expect(sealed[0]!.metadata).toMatchObject({
      name: 'grafana-credentials',
      namespace: 'crowsnest',
      annotations: {
        'argocd.argoproj.io/sync-wave': '-1',
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      },
    });
    const [, value] = /admin-password: (\S+)/.exec(real)!;
    expect(sealed[0]!.spec.encryptedData['admin-password']).toBe(value);
  });

  test('is valid against the schema of its kind, and has no credential', () => {
    const input = checkInputOf(stack, [], {});
    expect([...schema.run(input), ...credentials.run(input)]).toEqual([]);
  });

  test('would have a credential without its encryption', () => {
    const bare = JSON.parse(JSON.stringify(stack.manifests));
    for (const { object } of bare) {
      if (object.kind === 'SealedSecret') object.spec.encryptedData['admin-password'] = 'hunter2';
    }
    const found = credentials.run(checkInputOf({ ...stack, manifests: bare }, [], {}));
    expect(found.map(({ fault, place }) => [fault, place.path])).toEqual([
      ['literal-credential', "spec.encryptedData['admin-password']"],
    ]);
  });

  test('is what crowsnest secrets names', () => {
    expect(listSecrets(stack).map(({ createdBy }) => createdBy)).toEqual([
      'Sealed Secrets, from secrets/test/grafana.yaml',
    ]);
  });
});

const { metadata, ...rest } = load(real) as { metadata: object };

test.each([
  ['JSON', JSON.stringify({ metadata, ...rest })],
  [
    'a time that is null, as older releases write it',
    real
      .replace('metadata:\n', 'metadata:\n  creationTimestamp: null\n')
      .replace('    metadata:\n', '    metadata:\n      creationTimestamp: null\n'),
  ],
  ['line ends of Windows', real.replaceAll('\n', '\r\n')],
  ['empty documents', `---\n${real}---\n`],
  [
    'a file of kustomize',
    `${real}---\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n`,
  ],
])('a file with %s is accepted', (_, text) => {
  const stack = stackWith({ grafana: text });
  const input = checkInputOf(stack, [], {});
  expect([...stack.findings, ...schema.run(input), ...credentials.run(input)]).toEqual([]);
});

describe('a finding about', () => {
  test('a Secret that no file has has the command that seals it', () => {
    expect(foundIn({})).toEqual([
      {
        code: 'config/missing-sealed-secret',
        at: 'secrets.source.folder',
        message: 'No file of secrets/test has the SealedSecret crowsnest/grafana-credentials.',
        remedy:
          'Run: kubectl -n crowsnest create secret generic grafana-credentials --from-file=admin-user=./admin-user --from-file=admin-password=./admin-password --from-file=secret-key=./secret-key --dry-run=client -o yaml | kubeseal --format yaml > secrets/test/grafana-credentials.yaml',
      },
    ]);
    expect(foundIn({}, ['grafana-credentials'])).toEqual([]);
  });

  test('a plain Secret does not have its values', () => {
    const found = foundIn({
      grafana: real,
      plain:
        'apiVersion: v1\nkind: Secret\nmetadata: { name: slack }\nstringData: { url: hunter2 }\n',
    });
    expect(found).toMatchObject([
      {
        code: 'config/unsealed-secret',
        at: 'secrets/test/plain.yaml:1',
        message: 'Secret slack is not sealed: anybody who reads the file has its values.',
      },
    ]);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  test.each(['hunter2', 'aHVudGVyMg==', '7'])('the unsealed value %s does not have it', (value) => {
    const found = foundIn({
      grafana: real.replace(/admin-password: \S+/, `admin-password: ${value}`),
    });
    expect(found).toMatchObject([
      {
        code: 'config/unsealed-secret',
        at: expect.stringMatching(/^secrets\/test\/grafana\.yaml:\d+$/),
        message: "The value of 'admin-password' in SealedSecret grafana-credentials is not sealed.",
      },
    ]);
    expect(JSON.stringify(found)).not.toContain(`${value}'`);
  });

  test('another namespace says that the value cannot be decrypted', () => {
    const elsewhere = real.replaceAll('namespace: crowsnest', 'namespace: shop');
    expect(foundIn({ grafana: elsewhere })).toMatchObject([
      {
        code: 'config/missing-sealed-secret',
        message:
          'This SealedSecret is for the namespace shop: it cannot be decrypted in crowsnest, where grafana-credentials is read.',
      },
      { code: 'config/unused-secret' },
    ]);
    const anywhere = elsewhere.replace(
      'metadata:',
      "metadata:\n  annotations: { sealedsecrets.bitnami.com/cluster-wide: 'true' }",
    );
    expect(foundIn({ grafana: anywhere })).toEqual([]);
  });

  test.each([
    [
      'a missing key',
      real.replace(/ +secret-key: \S+\n/, ''),
      'config/missing-sealed-secret',
      "SealedSecret crowsnest/grafana-credentials has no key 'secret-key': encrypts the secrets in the database of Grafana; keep it as long as the volume.",
    ],
    [
      'another type',
      real.replace('  template:\n', '  template:\n    type: kubernetes.io/tls\n'),
      'config/invalid-sealed-file',
      'The Secret crowsnest/grafana-credentials needs another type.',
    ],
  ])('%s', (_, text, code, message) => {
    expect(foundIn({ grafana: text })).toMatchObject([{ code, message }]);
  });

  test.each([
    ['kind: ConfigMap\nmetadata: { name: a }\n', 'This object is no SealedSecret'],
    ['a: [\n', 'This is not YAML'],
    ['text\n', 'This object is no SealedSecret'],
  ])('a file with %j', (text, message) => {
    expect(foundIn({ grafana: real, other: text })).toMatchObject([
      { code: 'config/invalid-sealed-file', message: expect.stringContaining(message) },
    ]);
  });

  test('a file that nothing reads is a warning, since it is not in dist', () => {
    const other = real.replaceAll('grafana-credentials', 'old-credentials');
    const { findings } = stackWith({ grafana: real, other });
    expect(findings).toMatchObject([
      { code: 'config/unused-secret', severity: 'warning', value: 'old-credentials' },
    ]);
  });
});
