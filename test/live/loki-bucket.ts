import { writeFileSync } from 'node:fs';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { secretFolder } from '../../src/model/identity.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { build, minimal } from '../environment.js';
import { type BucketPorts, bucketKeys, bucketName } from './bucket-server.js';
import type { Certificate } from './certificate.js';
import { type LokiPorts, lokiPod } from './loki-server.js';
import type { Pod } from './pod.js';

type Options = NonNullable<EnvironmentOptions['loki']>;

const endpoint = 'https://s3.example.com';
const authority = 'bucket-ca';
const key = (name: string) => ({ secret: 'log-bucket', key: name });

/** The objects of an environment whose Loki has a bucket. */
export const objectsWithBucket = (options: Options = {}): KubernetesObject[] =>
  build({
    ...minimal,
    loki: {
      enabled: true,
      ...options,
      bucket: {
        name: bucketName,
        endpoint,
        authentication: {
          kind: 'keys',
          accessKeyId: key('AWS_ACCESS_KEY_ID'),
          secretAccessKey: key('AWS_SECRET_ACCESS_KEY'),
        },
        certificateAuthority: { secret: authority, key: 'ca.crt' },
      },
    },
  }).manifests.map(({ object }) => object);

/** What the Secret of the bucket has. */
export const bucketVariables = (secret: string = bucketKeys.secret) => ({
  AWS_ACCESS_KEY_ID: bucketKeys.id,
  AWS_SECRET_ACCESS_KEY: secret,
});

/** The pod of a Loki with a bucket on this machine. */
export const bucketPod = (
  objects: readonly KubernetesObject[],
  folder: string,
  ports: LokiPorts,
  bucket: BucketPorts,
  { cert }: Certificate,
  change: (config: string) => string = (config) => config,
): Pod => {
  const pod = lokiPod(objects, folder, ports, (config) =>
    change(config.replace(endpoint, `https://127.0.0.1:${bucket.s3}`)),
  );
  writeFileSync(pod.path(`${secretFolder}/${authority}/ca.crt`), cert);
  return pod;
};
