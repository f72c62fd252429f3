import type { Construct } from 'constructs';
import { accessKeyVariables } from '../../config/object-store.js';
import { claimName } from '../../kubernetes/claim.js';
import { mountFiles, writeFile } from '../../kubernetes/config-files.js';
import type { ContainerOptions } from '../../kubernetes/container.js';
import { cronJob } from '../../kubernetes/cron-job.js';
import { serviceAccount } from '../../kubernetes/service-account.js';
import { type Mount, trustMounts } from '../../kubernetes/volume.js';
import { required } from '../../model/consumption.js';
import { objectName } from '../../model/identity.js';
import type { Component } from '../../model/party.js';
import type { Rotation } from '../../model/prerequisite.js';
import { trustEnvironment } from '../../model/trust.js';
import type { VolumeCopy } from '../../model/volume-copy.js';
import type { Wiring } from '../../model/wiring.js';
import { secretFor } from '../database-server.js';
import { bucketPrerequisites, repositoryOf } from './bucket.js';
import { scriptFile, scriptFolder } from './file.js';
import { backupWorkload, jobNames } from './names.js';
import type { BackupOptions } from './options.js';
import { program } from './program.js';
import { backupSection } from './readme.js';
import { backupScript, restoreScript, verifyScript } from './script.js';
import { databaseCheck, databaseFolder, databaseScript } from './sqlite.js';

/** Copies volumes to a bucket with restic, which encrypts them: CronJobs for each volume. */
export const backup = (options: BackupOptions): Component => ({
  name: 'backup',
  workloads: Object.fromEntries(
    options.copies.map((one) => [backupWorkload(one), { kind: 'own', namespace: 'stack' }]),
  ),
  endpoints: {},
  consumes: options.copies.flatMap((one) => [
    required('dns', { workload: backupWorkload(one) }),
    required('backups', { workload: backupWorkload(one) }),
  ]),
  prerequisites: [
    ...bucketPrerequisites(options.bucket).map((one) => ({ ...one, rotation: atNextRun })),
    ...secretFor(
      options.password,
      'password that encrypts the copies; keep it also outside the cluster, because nobody can read the copies without it',
      'encrypts backups',
    ).map((one) => ({ ...one, rotation: passwordRotation })),
  ],
  programs: { restic: program },
  readme: { sections: backupSection(options) },
  render: (scope, wiring) => {
    for (const one of options.copies) jobsOf(scope, wiring, options, one);
  },
});

const atNextRun: Rotation = { kind: 'reread', when: 'at the next run' };

/** https://restic.readthedocs.io/en/stable/070_encryption.html */
const passwordRotation: Rotation = {
  kind: 'manual',
  steps:
    'the copies can be read only with a password of the repository. Add the new one with `restic key add` before the Secret changes, and remove the old one with `restic key remove` afterwards',
};

const jobsOf = (
  scope: Construct,
  wiring: Wiring,
  options: BackupOptions,
  copy: VolumeCopy,
): void => {
  const key = backupWorkload(copy);
  const { identity, secrets } = wiring.workloads[key]!;
  const { workload, path } = copy;
  const writer = { name: objectName(wiring.setting.names.stack, workload) };
  const names = jobNames(wiring.setting.names.stack, copy);
  serviceAccount(scope, identity);
  const scripts = mountFiles(scope, identity, 'scripts', scriptFolder, [
    writeFile(scriptFile, backupScript(copy, options.keep), { path: `${scriptFolder}/backup.sh` }),
    writeFile(scriptFile, restoreScript(copy), { path: `${scriptFolder}/restore.sh` }),
    writeFile(scriptFile, verifyScript(copy), { path: `${scriptFolder}/verify.sh` }),
    ...(copy.databases
      ? [
          writeFile(scriptFile, databaseScript(copy), { path: `${scriptFolder}/databases.sh` }),
          writeFile(scriptFile, databaseCheck(copy), { path: `${scriptFolder}/open-databases.sh` }),
        ]
      : []),
  ]);
  const databases: Mount = {
    name: 'databases',
    path: databaseFolder,
    source: { kind: 'scratch', sizeLimit: copy.volume },
  };
  const owner = wiring.setting.image(copy.image);
  const sqlite = (script: string, data: Mount['source']): ContainerOptions => ({
    name: 'sqlite',
    image: 'sqlite',
    user: owner,
    command: ['/bin/sh', `${scriptFolder}/${script}.sh`],
    resources: options.resources,
    mounts: [
      { name: 'data', path, source: data },
      scripts,
      ...(script === 'databases' ? [databases] : []),
    ],
  });
  const restic = (script: string, data: Mount['source']): ContainerOptions => ({
    name: 'restic',
    image: 'restic',
    user: owner,
    command: ['/bin/sh', `${scriptFolder}/${script}.sh`],
    env: {
      RESTIC_REPOSITORY: repositoryOf(options.bucket, `${options.prefix}/${workload}`),
      RESTIC_HOST: identity.name,
      RESTIC_CACHE_DIR: `${scratch.path}/cache`,
      // A run waits for another one of the same volume.
      RESTIC_RETRY_LOCK: '30m',
      TMPDIR: scratch.path,
      ...(options.bucket.region !== undefined && { AWS_DEFAULT_REGION: options.bucket.region }),
      ...trustEnvironment(options.bucket.certificateAuthority),
      ...(script !== 'backup' && { COPY: 'latest' }),
    },
    secretEnv: {
      ...accessKeyVariables(options.bucket.authentication),
      RESTIC_PASSWORD: options.password,
    },
    resources: options.resources,
    goMemoryLimit: true,
    mounts: [
      { name: 'data', path, source: data },
      scripts,
      scratch,
      ...(copy.databases && script === 'backup' ? [databases] : []),
      ...trustMounts(options.bucket.certificateAuthority, secrets),
    ],
  });
  const live: Mount['source'] = { kind: 'existing-claim', name: claimName(writer, 0) };
  cronJob(scope, wiring, key, names.backup, {
    seconds: longest,
    ...(copy.stopped
      ? { apart: `${writer.name}-0` }
      : {
          schedule: options.schedule,
          retries: 2,
          // A volume can usually be mounted on one node only.
          beside: `${writer.name}-0`,
        }),
    initContainers: copy.databases ? [sqlite('databases', live)] : [],
    containers: [restic('backup', live)],
  });
  const restored: Mount['source'] = {
    kind: 'new-claim',
    size: copy.volume,
    storageClass: wiring.setting.storageClass,
  };
  const { verify } = copy;
  // One after the other.
  const steps: ContainerOptions[] = [
    restic('verify', restored),
    ...(copy.databases ? [sqlite('open-databases', restored)] : []),
    ...(verify
      ? [
          {
            name: verify.program,
            image: copy.image,
            command: verify.command,
            resources: options.resources,
            goMemoryLimit: true,
            mounts: [{ name: 'data', path, source: restored }],
          },
        ]
      : []),
  ];
  cronJob(scope, wiring, key, names.verify, {
    seconds: longest,
    ...(copy.stopped ? {} : { schedule: options.verification, retries: 2 }),
    initContainers: steps.slice(0, -1),
    containers: steps.slice(-1),
  });
  for (const [ordinal, name] of names.restores.entries()) {
    cronJob(scope, wiring, key, name, {
      seconds: longest,
      // It waits until the pod is gone, and the pod waits until it has ended.
      apart: `${writer.name}-${ordinal}`,
      containers: [
        restic('restore', {
          kind: 'existing-claim',
          name: claimName(writer, ordinal),
          writes: true,
        }),
      ],
    });
  }
};

/** The cache of the index, and packs before they are sent. */
const scratch = {
  name: 'scratch',
  path: '/scratch',
  source: { kind: 'scratch', sizeLimit: '2Gi' },
} as const satisfies Mount;

/** The first copy of a large volume takes hours. */
const longest = 12 * 60 * 60;
