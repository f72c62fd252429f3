import { z } from 'zod';
import { secretReference } from '../../config/fields.js';
import { schedule } from '../../config/schedule.js';
import type { Component } from '../../model/party.js';
import { defineComponent } from '../definition.js';
import { backup as declare } from './backup.js';
import { bucket, bucketParty } from './bucket.js';
import { folderOf } from './names.js';

const kept = z.int().min(1);

export const backup = defineComponent({
  name: 'backup',
  options: {
    /** Bucket of an S3-compatible object store, to which the volumes are copied. @default - no volume is copied */
    bucket: bucket.optional(),
    /**
     * The password that encrypts the copies; required with a bucket. Keep it also outside the cluster: nobody can read
     * the copies without it.
     */
    password: secretReference.optional(),
    /** When volumes are copied, as in a CronJob; usually in UTC. @default '17 3 * * *' */
    schedule: schedule.default('17 3 * * *'),
    /** When the newest copy of each volume is restored to an empty volume and opened. @default '17 5 * * 0' */
    verification: schedule.default('17 5 * * 0'),
    /** How many copies are kept: the last one of each of these days, weeks and months. */
    keep: z
      .strictObject({
        /** @default 7 */
        daily: kept.default(7),
        /** @default 4 */
        weekly: kept.default(4),
        /** @default 6 */
        monthly: kept.default(6),
      })
      .prefault({}),
  },
  sizes: {
    small: { cpu: '50m', memory: '128Mi', memoryLimit: '512Mi' },
    medium: { cpu: '250m', memory: '256Mi', memoryLimit: '1Gi' },
    large: { cpu: '500m', memory: '512Mi', memoryLimit: '2Gi' },
  },
  images: {
    restic: {
      repository: 'docker.io/restic/restic',
      tag: '0.18.1',
      // Each run has the user of the files that it copies.
      user: 65534,
      group: 65534,
      entrypoint: '/usr/bin/restic',
      shell: true,
      dockerfile: 'https://github.com/restic/restic/blob/v0.18.1/docker/Dockerfile',
    },
    // Its Python has an interface for SQLite's online backup.
    sqlite: {
      repository: 'docker.io/library/python',
      tag: '3.14.6-slim-trixie',
      user: 65534,
      group: 65534,
      entrypoint: '/usr/local/bin/python3',
      shell: true,
      dockerfile:
        'https://github.com/docker-library/python/blob/4f07059567fa61c80397126e8063dbbde011b794/3.14/slim-trixie/Dockerfile',
    },
  },
  facts: {
    'configured:backups': {
      without: 'no volume is copied',
      holds: ({ options }) => options.bucket !== undefined,
    },
  },
  isWanted: ({ options }) => options.bucket !== undefined,
  validate: (options, report) => {
    if (options.bucket !== undefined && options.password === undefined)
      report(['password'], 'an object with secret and key: copies are encrypted');
  },
  declare: ({ options, size, copies, environment: { stack, namespaces, cluster } }) => {
    const { bucket: target, password } = options;
    if (!target || !password) return absent;
    return declare({
      bucket: target,
      prefix: folderOf({ prefix: target.prefix, cluster: cluster.name, stack }),
      password,
      schedule: options.schedule,
      verification: options.verification,
      keep: options.keep,
      copies,
      resources: size,
      names: { stack, namespace: namespaces.stack ?? stack },
    });
  },
  parties: ({ options }) => (options.bucket ? [bucketParty(options.bucket)] : []),
});

/** What it is without a bucket. */
const absent: Component = {
  name: 'backup',
  workloads: {},
  endpoints: {},
  consumes: [],
  render: () => undefined,
};
