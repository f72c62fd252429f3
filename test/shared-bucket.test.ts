import { expect, test } from 'vitest';
import type { EnvironmentOptions } from '../src/environment/environment.js';
import { validate } from '../src/environment/validate.js';
import { sharedBuckets } from '../src/shared-bucket.js';
import { buildStack } from '../src/stack.js';
import { minimal, noContent, withFewComponents } from './environment.js';

type Bucket = NonNullable<NonNullable<EnvironmentOptions['loki']>['bucket']>;

const role = { kind: 'pod-identity' } as const;
const ofAws: Bucket = { name: 'logs', region: 'eu-central-1', authentication: role };
const { cluster } = minimal;

const found = (buckets: readonly Bucket[], names = ['first', 'second'], enabled = true) => {
  const stacks = buckets.map((bucket, index) => {
    const name = ['one', 'other'][index]!;
    const options = {
      ...minimal,
      ...withFewComponents,
      cluster: { ...cluster, name: names[index]! },
      stack: name,
      loki: { enabled, bucket },
    };
    const { environment } = validate(options, name, `environments/${name}.ts`);
    return buildStack(environment!, noContent);
  });
  return sharedBuckets(stacks).map(({ code, place, severity }) => [
    code,
    severity,
    place.file,
    place.path,
  ]);
};

const finding = ['config/shared-bucket', 'warning', 'environments/other.ts', 'loki.bucket.name'];

test('two environments should not have the same bucket, in any cluster', () => {
  expect(found([ofAws, ofAws])).toEqual([finding]);
  const outside = { ...ofAws, endpoint: 'https://s3.example.com' };
  expect(found([outside, outside])).toEqual([finding]);
});

test('other buckets are accepted', () => {
  expect(found([ofAws, { ...ofAws, name: 'other-logs' }])).toEqual([]);
  expect(found([ofAws, { ...ofAws, endpoint: 'https://s3.example.com' }])).toEqual([]);
  expect(found([ofAws, ofAws], ['first', 'second'], false)).toEqual([]);
});

test('a private name is another server in another cluster', () => {
  const inside: Bucket = {
    ...ofAws,
    endpoint: 'https://minio.storage.svc:9000',
    at: { kind: 'pods', namespace: 'storage', labels: { app: 'minio' } },
  };
  expect(found([inside, inside])).toEqual([]);
  expect(found([inside, inside], ['first', 'first'])).toEqual([finding]);
});

test('backups of two environments should not be in the same folder of a bucket', () => {
  const key = (name: string) => ({ secret: 'bucket', key: name });
  const backups = (prefixes: readonly (string | undefined)[]) => {
    const stacks = prefixes.map((prefix, index) => {
      const name = ['one', 'other'][index]!;
      const bucket = {
        name: 'backups',
        endpoint: 'https://s3.example.com',
        authentication: { kind: 'keys', accessKeyId: key('id'), secretAccessKey: key('key') },
        ...(prefix && { prefix }),
      } as const;
      const backup = { bucket, password: key('password') };
      const options = { ...minimal, ...withFewComponents, cluster: { ...cluster, name }, backup };
      return buildStack(validate(options, name, `environments/${name}.ts`).environment!, noContent);
    });
    return sharedBuckets(stacks).map(({ place: { file, path } }) => [file, path]);
  };
  expect(backups(['copies', 'copies'])).toEqual([
    ['environments/other.ts', 'backup.bucket.prefix'],
  ]);
  expect(backups(['copies', 'other-copies'])).toEqual([]);
  expect(backups([undefined, undefined])).toEqual([]);
});
