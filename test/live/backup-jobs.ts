import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { someBackup } from '../components/backup.js';
import { engineBinary } from '../engines/installation.js';
import { build, minimal } from '../environment.js';
import { bucketKeys, bucketName, bucketPorts, startBucketServer } from './bucket-server.js';
import { makeCertificate } from './certificate.js';
import { layOutPod } from './pod.js';
import { find } from './shipped.js';

export interface Run {
  readonly code: number;
  readonly log: string;
}

export interface RunOptions {
  /** @default 'restic' */
  readonly container?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Folders of programs in place of others. */
  readonly path?: readonly string[];
}

/** The password that encrypts the copies of a test. */
export const password = 'password-of-the-test';

/** An environment with backups to a real bucket, whose jobs can be run. */
export const startBackups = async (more: Partial<EnvironmentOptions> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-backup-'));
  for (const name of ['s3', 'authorities']) mkdirSync(join(folder, name));
  const certificate = makeCertificate(folder);
  const ports = await bucketPorts();
  const server = await startBucketServer(join(folder, 's3'), ports, certificate);
  writeFileSync(join(folder, 'authorities', 'ca.crt'), certificate.cert);
  const { endpoint, name } = someBackup.bucket;
  const objects: readonly KubernetesObject[] = JSON.parse(
    JSON.stringify(
      build({ ...minimal, ...more, backup: someBackup }).manifests.map(({ object }) => object),
    ).replaceAll(`${endpoint}/${name}`, `https://127.0.0.1:${ports.s3}/${bucketName}`),
  );
  /** The files of the pods that have the same volume. */
  const at = (pods: string): string => join(folder, pods);

  /** Runs a shipped container of a CronJob, with the volume that the engine in the same folder has. */
  const run = async (
    job: string,
    pods: string,
    { container = 'restic', env = {}, path = [] }: RunOptions = {},
  ): Promise<Run> => {
    const { metadata, spec } = find(objects, 'CronJob', `crowsnest-${job}`);
    const { template } = spec.jobTemplate.spec;
    // Claims and empty folders have no files of the manifests.
    const volumes = template.spec.volumes.filter(
      (one: Record<string, unknown>) =>
        !one.persistentVolumeClaim && !one.ephemeral && !one.emptyDir,
    );
    const containers = [...(template.spec.initContainers ?? []), ...template.spec.containers];
    const changed = { ...template, spec: { ...template.spec, volumes, containers } };
    const asJob = { kind: 'Job', apiVersion: 'batch/v1', metadata, spec: { template: changed } };
    const pod = layOutPod(
      [asJob, ...objects],
      { kind: 'Job', name: metadata.name },
      container,
      at(pods),
    );
    const { command } = containers.find((one: { name: string }) => one.name === container);
    const [shell, script] = command;
    const restic = dirname(await engineBinary('restic'));
    return new Promise((done) =>
      execFile(
        shell,
        // A copy has the path of the volume that it is from.
        [
          '-c',
          readFileSync(pod.path(script), 'utf8').replaceAll(
            new RegExp(`(?<=\\$COPY:)(?:${at(pods)})?(?=/)`, 'g'),
            at(pods.replace('-copy', '')),
          ),
        ],
        {
          env: {
            ...pod.env,
            PATH: [...path, restic, process.env.PATH].join(':'),
            SSL_CERT_DIR: join(folder, 'authorities'),
            AWS_ACCESS_KEY_ID: bucketKeys.id,
            AWS_SECRET_ACCESS_KEY: bucketKeys.secret,
            RESTIC_PASSWORD: password,
            ...env,
          },
        },
        (error, stdout, stderr) =>
          done({ code: error ? Number(error.code) : 0, log: stdout + stderr }),
      ),
    );
  };
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, objects, at, run, stop };
};

/** The result of a task, and the seconds that it took. */
export const seconds = async <T>(task: () => Promise<T>): Promise<[T, string]> => {
  const begin = performance.now();
  const result = await task();
  return [result, ((performance.now() - begin) / 1000).toFixed(1)];
};

/** What a copy and a restore of a volume took: its size is in the log of restic. */
export const durations = ({ log }: Run, copy: string, restore: string): string => {
  const [, size] = /processed \d+ files, ([\d.]+ [KMG]?i?B)/.exec(log) ?? [];
  return `a volume with ${size} is copied in ${copy} s and restored in ${restore} s`;
};
