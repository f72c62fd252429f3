import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import configuration from '../../src/checks/files/configuration.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { changed, inputOf, type Mutable, manifestOf } from '../checks/input.js';
import { build, minimal, withFewComponents } from '../environment.js';

type Bucket = NonNullable<NonNullable<EnvironmentOptions['loki']>['bucket']>;

const authentication = {
  kind: 'keys',
  accessKeyId: { secret: 'log-bucket', key: 'AWS_ACCESS_KEY_ID' },
  secretAccessKey: { secret: 'log-bucket', key: 'AWS_SECRET_ACCESS_KEY' },
} as const;
const least = { name: 'logs', endpoint: 'https://s3.example.com', authentication } as const;
const ofAws = { name: 'logs', region: 'eu-central-1' } as const;
const arn = 'arn:aws:iam::123456789012:role/loki';

const optionsWith = (bucket: Bucket, more: EnvironmentOptions['loki'] = {}) =>
  ({
    ...minimal,
    ...withFewComponents,
    logAgent: { enabled: true },
    loki: { enabled: true, ...more, bucket },
  }) satisfies EnvironmentOptions;
const stackWith = (bucket: Bucket) => build(optionsWith(bucket));
type Stack = ReturnType<typeof stackWith>;

const config = 'ConfigMap crowsnest/crowsnest-loki-config';
const fileOf = (stack: Stack): Mutable =>
  parse(manifestOf(stack, config).object.data['config.yaml']);
const podOf = (stack: Stack): Mutable =>
  manifestOf(stack, 'StatefulSet crowsnest/crowsnest-loki').object.spec.template.spec;
const egressOf = (stack: Stack): string =>
  JSON.stringify(
    stack.manifests.flatMap(({ object }) =>
      object.kind === 'NetworkPolicy' && object.metadata.name === 'crowsnest-loki'
        ? object.spec.egress
        : [],
    ),
  );

describe('the configuration', () => {
  test('has lines, index and requests to delete in the bucket, and the write-ahead log on the volume', () => {
    const { common, storage_config, schema_config, compactor, ingester } = fileOf(stackWith(least));
    expect(common.storage).toBeUndefined();
    expect(storage_config).toEqual({
      aws: {
        bucketnames: 'logs',
        endpoint: 'https://s3.example.com',
        region: 'us-east-1',
        s3forcepathstyle: true,
      },
    });
    expect(schema_config.configs[0].object_store).toBe('s3');
    expect(compactor).toMatchObject({ retention_enabled: true, delete_request_store: 's3' });
    expect(ingester.wal).toMatchObject({ enabled: true, dir: '/loki/wal' });
  });

  test('leaves the server of AWS to the region', () => {
    const { aws } = fileOf(stackWith({ ...ofAws, authentication })).storage_config;
    expect(aws).toEqual({ bucketnames: 'logs', region: 'eu-central-1', s3forcepathstyle: false });
  });

  test('is accepted as it is', () => {
    for (const bucket of [least, { ...ofAws, authentication: { kind: 'pod-identity' as const } }]) {
      const stack = stackWith(bucket);
      expect(stack.findings).toEqual([]);
      expect(configuration.run(inputOf(stack))).toEqual([]);
    }
  });

  test.each([
    ['object_store: s3', 'object_store: filesystem', 'schema_config.configs[0].object_store'],
    [
      'delete_request_store: s3',
      'delete_request_store: filesystem',
      'compactor.delete_request_store',
    ],
    ['s3forcepathstyle', 's3forcepathstile', 'storage_config.aws.s3forcepathstile'],
    ['region: us-east-1', 'secret_access_key: x', 'storage_config.aws.secret_access_key'],
  ])('is rejected after %s is %s, at %s', (from, to, path) => {
    const input = changed(stackWith(least), config, ({ data }) => {
      data['config.yaml'] = data['config.yaml'].replace(from, to);
    });
    expect(
      configuration.run(input).map(({ place }) => place.path?.replace('config.yaml: ', '')),
    ).toContain(path);
  });
});

describe('the keys', () => {
  const stack = stackWith(least);

  test('are variables from the Secret, and in no file', () => {
    const { env, volumeMounts } = podOf(stack).containers[0];
    expect(env).toEqual(
      expect.arrayContaining([
        {
          name: 'AWS_ACCESS_KEY_ID',
          valueFrom: { secretKeyRef: { name: 'log-bucket', key: 'AWS_ACCESS_KEY_ID' } },
        },
        {
          name: 'AWS_SECRET_ACCESS_KEY',
          valueFrom: { secretKeyRef: { name: 'log-bucket', key: 'AWS_SECRET_ACCESS_KEY' } },
        },
      ]),
    );
    expect(JSON.stringify(volumeMounts)).not.toContain('log-bucket');
    expect(JSON.stringify(fileOf(stack))).not.toMatch(/access_key|secret/);
  });

  test('are listed as a Secret that must exist', () => {
    expect(stack.prerequisites.find(({ name }) => name === 'log-bucket')).toMatchObject({
      kind: 'Secret',
      namespace: 'crowsnest',
      keys: {
        AWS_ACCESS_KEY_ID: 'ID of the access key',
        AWS_SECRET_ACCESS_KEY: 'secret access key',
      },
      purpose: 'lets Loki use the bucket logs',
    });
  });
});

describe('a role of AWS', () => {
  test('of the service account needs no Secret', () => {
    const stack = stackWith({ ...ofAws, authentication: { kind: 'service-account', arn } });
    const { env } = podOf(stack).containers[0];
    expect(JSON.stringify(env)).not.toContain('secretKeyRef');
    expect(env).toContainEqual({ name: 'AWS_REGION', value: 'eu-central-1' });
    expect(
      manifestOf(stack, 'ServiceAccount crowsnest/crowsnest-loki').object.metadata.annotations,
    ).toMatchObject({ 'eks.amazonaws.com/role-arn': arn });
    expect(stack.prerequisites.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  test('of the pod is reached at its link-local address', () => {
    const stack = stackWith({ ...ofAws, authentication: { kind: 'pod-identity' } });
    expect(egressOf(stack)).toContain('169.254.170.23/32');
    expect(egressOf(stackWith(least))).not.toContain('169.254.170.23');
  });
});

describe('the policies', () => {
  test('allow the bucket at its place, and at the port of its pods', () => {
    const stack = stackWith({
      ...least,
      endpoint: 'http://minio.storage.svc:80',
      plainHttp: 'both are in the same cluster',
      at: { kind: 'pods', namespace: 'storage', labels: { app: 'minio' }, port: 9000 },
    });
    expect(stack.findings).toEqual([]);
    expect(egressOf(stack)).toContain('"port":9000');
    expect(egressOf(stack)).toContain('"kubernetes.io/metadata.name":"storage"');
    expect(egressOf(stack)).not.toContain('0.0.0.0/0');
  });

  test('without a bucket, allow no server outside', () => {
    const stack = build({ ...minimal, ...withFewComponents, loki: { enabled: true } });
    expect(egressOf(stack)).not.toContain('ipBlock');
  });
});

test('further certificate authorities are trusted', () => {
  const stack = stackWith({ ...least, certificateAuthority: { configMap: 'ca', key: 'ca.crt' } });
  const { env, volumeMounts } = podOf(stack).containers[0];
  expect(env).toContainEqual({ name: 'SSL_CERT_DIR', value: '/etc/crowsnest/trust/ca' });
  expect(volumeMounts.map(({ mountPath }: Mutable) => mountPath)).toContain(
    '/etc/crowsnest/trust/ca',
  );
});

describe('a fault', () => {
  const place = { kind: 'addresses', cidrs: ['10.1.0.0/16'] } as const;
  const faultsOf = (bucket: object) =>
    validate(optionsWith(bucket as Bucket), 'test', 'test.ts').findings.map(
      ({ place, remedy, suggestion }) =>
        [place.path?.replace('loki.bucket.', ''), suggestion ?? remedy].join(' | '),
    );

  test.each<[object, string]>([
    [
      { endpoint: 'https://key:word@s3.example.com' },
      'endpoint | Set it to a URL without credentials, and reference a Secret instead.',
    ],
    [
      { endpoint: 'http://s3.example.com' },
      "endpoint | Set it to a URL that starts with 'https://', or state in plainHttp why everybody on the way may read the lines.",
    ],
    [
      { endpoint: 'https://s3.example.com/logs' },
      'endpoint | Set it to a URL without a path: name is the bucket.',
    ],
    [
      { endpoint: 'https://logs.s3.example.com' },
      'endpoint | Set it to a URL without the bucket, such as https://s3.example.com.',
    ],
    [
      { endpoint: undefined },
      "region | Set it to the region of the bucket such as 'eu-central-1'.",
    ],
    [
      { endpoint: 'https://s3.eu-central-1.amazonaws.com' },
      "region | Set it to the region of the bucket such as 'eu-central-1'.",
    ],
    [{ plainHttp: 'all in one cluster' }, 'plainHttp | Remove it: requests are sent with TLS.'],
    [
      {
        endpoint: 'http://10.1.2.3:9000',
        plainHttp: 'all in one cluster',
        unverified: 'it has none at all',
        at: place,
      },
      'unverified | Remove it: a URL with http:// has no certificate.',
    ],
    [
      { endpoint: 'https://10.1.2.3:9000', pathStyle: false, at: place },
      'pathStyle | Set it to true: the name of a bucket cannot be added to an IP address.',
    ],
    [
      { endpoint: 'https://minio.storage.svc:9000' },
      "at | Set it to where minio.storage.svc is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }.",
    ],
    [{ regoin: 'eu-central-1' }, 'regoin | region'],
    [
      {
        authentication: {
          kind: 'keys',
          acessKeyId: authentication.accessKeyId,
          secretAccessKey: authentication.secretAccessKey,
        },
      },
      'authentication.acessKeyId | accessKeyId',
    ],
  ])('%j is reported: %s', (options, expected) => {
    expect(faultsOf({ ...least, ...options })).toEqual([expected]);
  });
});

describe('the volume', () => {
  const sizeFaults = (volume: string, linesPerSecond: number) =>
    build(optionsWith(least, { volume, linesPerSecond })).findings;

  test('needs room only for new lines and for the index', () => {
    expect(sizeFaults('6Gi', 1000)).toEqual([]);
    expect(sizeFaults('5Gi', 1000)).toMatchObject([
      {
        code: 'config/small-volume',
        message:
          '1000 lines per second need about 6Gi beside the bucket: for new lines, at 200 bytes each, and for an index of 7d, at 5.',
      },
    ]);
  });
});
