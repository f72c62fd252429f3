import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../engines/port.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { packagedProgram } from '../engines/pypi.js';
import type { Certificate } from './certificate.js';
import { eventually } from './wait.js';

/** The bucket of a test, and the keys with which it can be used. */
export const bucketName = 'logs';
export const bucketKeys = { id: 'key-of-loki', secret: 'secret-of-loki' } as const;

/** The ports of an object store, which another start can have again. */
export interface BucketPorts {
  readonly s3: number;
  readonly files: number;
  readonly others: readonly number[];
}

export const bucketPorts = async (): Promise<BucketPorts> => ({
  s3: await freePort(),
  files: await freePort(),
  others: await Promise.all(Array.from({ length: 7 }, freePort)),
});

/** Starts SeaweedFS with its interface of Amazon S3 over HTTPS, and creates the bucket. */
export const startBucketServer = async (
  folder: string,
  { s3, files, others }: BucketPorts,
  certificate: Certificate,
): Promise<RunningEngine> => {
  const keys = join(folder, 's3.json');
  const [accessKey, secretKey] = [bucketKeys.id, bucketKeys.secret];
  const loki = { name: 'loki', credentials: [{ accessKey, secretKey }], actions: ['Admin'] };
  writeFileSync(keys, JSON.stringify({ identities: [loki] }));
  const [master, masterGrpc, volume, volumeGrpc, filerGrpc, s3Grpc, metrics] = others;
  const engine = await startEngine({
    binary: 'seaweedfs',
    path: packagedProgram('weed'),
    port: s3,
    folder,
    scheme: 'https',
    readyPath: '/healthz',
    args: () => [
      '-logtostderr=true',
      'server',
      `-dir=${folder}`,
      '-ip=127.0.0.1',
      '-ip.bind=127.0.0.1',
      `-master.port=${master}`,
      `-master.port.grpc=${masterGrpc}`,
      '-master.telemetry=false',
      `-volume.port=${volume}`,
      `-volume.port.grpc=${volumeGrpc}`,
      '-volume.max=10',
      `-filer.port=${files}`,
      `-filer.port.grpc=${filerGrpc}`,
      `-metricsPort=${metrics}`,
      '-s3',
      `-s3.port=${s3}`,
      `-s3.port.grpc=${s3Grpc}`,
      '-s3.port.iceberg=0',
      '-s3.port.lance=0',
      '-s3.iam=false',
      `-s3.config=${keys}`,
      `-s3.cert.file=${certificate.file}`,
      `-s3.key.file=${join(folder, '..', 'key.pem')}`,
    ],
  });
  await eventually('the bucket exists', async () => {
    const before = await fetch(`${filesOf(files)}/`);
    const { ok } = before.ok ? before : await fetch(`${filesOf(files)}/`, { method: 'POST' });
    return ok || undefined;
  });
  return engine;
};

const filesOf = (port: number): string => `http://127.0.0.1:${port}/buckets/${bucketName}`;

/** The objects in the bucket with their sizes in bytes, by their keys. */
export const objectsIn = async ({ files }: BucketPorts): Promise<Map<string, number>> => {
  const found = new Map<string, number>();
  const walk = async (folder: string): Promise<void> => {
    const answer = await fetch(`${filesOf(files)}/${folder}?limit=10000`, {
      headers: { accept: 'application/json' },
    });
    type Entry = { FullPath: string; Mode: number; FileSize: number };
    const { Entries } = (await answer.json()) as { Entries: Entry[] | null };
    for (const { FullPath, Mode, FileSize } of Entries ?? []) {
      const key = FullPath.replace(`/buckets/${bucketName}/`, '');
      // The highest bit marks a folder.
      if (Mode >= 2 ** 31) await walk(`${key}/`);
      else found.set(key, FileSize);
    }
  };
  await walk('');
  return found;
};
