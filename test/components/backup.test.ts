import { describe, expect, test } from 'vitest';
import { defineComponent } from '../../src/components/definition.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { type Mutable, manifestOf } from '../checks/input.js';
import { build, minimal } from '../environment.js';
import { someBackup } from './backup.js';
import options from './options/backup.js';
import grafana from './options/grafana.js';
import { review } from './review.js';

const { bucket } = someBackup;

const objectsOf = (backup: EnvironmentOptions['backup']) => {
  const stack = build({ ...minimal, backup, priorityClass: backup?.priorityClass });
  expect(stack.findings).toEqual([]);
  return stack.manifests
    .map(({ object }) => object)
    .filter(({ metadata }) => /-(backup|restore)-/.test(metadata.name));
};

// Those of the other volumes have the same form.
const ofPrometheus = (backup: EnvironmentOptions['backup']) =>
  objectsOf(backup).filter(({ metadata }) => metadata.name.includes('prometheus'));

test.each<[string, EnvironmentOptions['backup']]>([
  ['default', someBackup],
  ['all', options],
])('the manifests of backups match the snapshot: %s', async (name, one) => {
  await expect(review(ofPrometheus(one))).toMatchFileSnapshot(`./snapshots/backup-${name}.yaml`);
});

test('without a bucket, nothing is copied', () => {
  expect(objectsOf(undefined)).toEqual([]);
});

describe('the jobs', () => {
  const stack = build({ ...minimal, backup: someBackup, prometheus: { replicas: 2 } });
  const jobOf = (name: string): Mutable =>
    manifestOf(stack, `CronJob crowsnest/crowsnest-${name}`).object;
  const podOf = (name: string): Mutable => jobOf(name).spec.jobTemplate.spec.template.spec;

  test('copy the first replica on its node, and only read the volume', () => {
    const { volumes, affinity, containers, securityContext } = podOf('backup-prometheus');
    expect(volumes[0].persistentVolumeClaim).toEqual({
      claimName: 'data-crowsnest-prometheus-0',
      readOnly: true,
    });
    expect(containers[0].volumeMounts[0]).toMatchObject({
      mountPath: '/prometheus',
      readOnly: true,
    });
    expect(JSON.stringify(affinity)).toContain('"crowsnest-prometheus-0"');
    // With another group, the kubelet would change the owner of all files while Prometheus runs.
    expect(securityContext.fsGroup).toBe(65532);
    expect(containers[0].securityContext.runAsUser).toBe(65532);
  });

  test.each([
    ['backup-jaeger', 'crowsnest-jaeger-0'],
    ['restore-jaeger-0', 'crowsnest-jaeger-0'],
    ['restore-prometheus-1', 'crowsnest-prometheus-1'],
  ])('%s waits until the pod %s is stopped', (job, pod) => {
    const [term] =
      podOf(job).affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    expect(term.labelSelector.matchLabels).toEqual({ 'statefulset.kubernetes.io/pod-name': pod });
  });

  test('remove the lock of a run that was killed before anything else needs one', () => {
    const { data } = manifestOf(stack, 'ConfigMap crowsnest/crowsnest-backup-prometheus-scripts')
      .object as Mutable;
    for (const script of ['backup', 'restore', 'verify']) {
      const [first] = [...data[`${script}.sh`].matchAll(/^ *restic (?!init|.*--no-lock)(.*)$/gm)];
      expect(first[1]).toBe('unlock');
    }
  });

  test('restore every replica, but only when somebody starts one', () => {
    for (const ordinal of [0, 1]) {
      const { volumes } = podOf(`restore-prometheus-${ordinal}`);
      expect(volumes[0].persistentVolumeClaim).toEqual({
        claimName: `data-crowsnest-prometheus-${ordinal}`,
      });
      expect(jobOf(`restore-prometheus-${ordinal}`).spec.suspend).toBe(true);
    }
    expect(jobOf('backup-prometheus').spec).toMatchObject({
      suspend: false,
      schedule: '17 3 * * *',
    });
  });

  test('copy the database of Grafana with SQLite, and its other files as they are', () => {
    const { initContainers, containers, volumes } = podOf('backup-grafana');
    const [sqlite] = initContainers;
    expect(sqlite).toMatchObject({
      image: 'docker.io/library/python:3.14.6-slim-trixie',
      command: ['/bin/sh', '/scripts/databases.sh'],
      securityContext: { runAsUser: 472, readOnlyRootFilesystem: true },
    });
    // It has no credential, and cannot write to the volume of Grafana.
    expect(sqlite.env ?? []).toEqual([]);
    expect(sqlite.volumeMounts[0]).toMatchObject({ mountPath: '/var/lib/grafana', readOnly: true });
    expect(containers[0].volumeMounts.map(({ mountPath }: Mutable) => mountPath)).toContain(
      '/databases',
    );
    const databases = volumes.find(({ name }: Mutable) => name === 'databases');
    expect(databases.emptyDir.sizeLimit).toBe('1Gi');
    const scripts = manifestOf(stack, 'ConfigMap crowsnest/crowsnest-backup-grafana-scripts').object
      .data;
    expect(scripts['backup.sh']).toContain("--exclude='/var/lib/grafana/grafana.db-journal'");
    expect(scripts['restore.sh']).toMatch(
      /rm -f .*grafana.db-journal .*\n.*restore "\$COPY:\/databases"/,
    );
  });

  test('open the databases of a component of a user, and run its own command', () => {
    const resources = { cpu: '10m', memory: '32Mi', memoryLimit: '64Mi' };
    const notes = defineComponent({
      name: 'notes',
      options: {},
      sizes: { small: resources, medium: resources, large: resources },
      images: { notes: { repository: 'example.com/notes', tag: '1.0.0', user: 7, group: 8 } },
      declare: () => ({ name: 'notes', endpoints: {}, consumes: [], render: () => undefined }),
      copies: () => [
        {
          workload: 'notes',
          replicas: 1,
          path: '/notes',
          volume: '2Gi',
          image: 'notes',
          databases: ['a/notes.db', 'users.db'],
          derived: ['index'],
          verify: { program: 'notes', command: ['/notes', 'check'] },
          without: [],
          loss: 'nothing',
        },
      ],
    });
    const some = build({ ...minimal, backup: someBackup, components: [notes.with({})] });
    const of = (name: string): Mutable =>
      manifestOf(some, `CronJob crowsnest/crowsnest-${name}`).object.spec.jobTemplate.spec.template
        .spec;
    expect(of('backup-notes').initContainers).toMatchObject([
      { name: 'sqlite', securityContext: { runAsUser: 7, runAsGroup: 8 } },
    ]);
    const { initContainers, containers } = of('verify-notes');
    expect(initContainers.map(({ name }: Mutable) => name)).toEqual(['restic', 'sqlite']);
    expect(containers).toMatchObject([{ name: 'notes', command: ['/notes', 'check'] }]);
    const scripts = manifestOf(some, 'ConfigMap crowsnest/crowsnest-backup-notes-scripts').object
      .data as Record<string, string>;
    expect(scripts['databases.sh']).toContain("exec python3 - 'a/notes.db' 'users.db' <<'END'");
    expect(scripts['backup.sh']).toContain("--exclude='/notes/index'");
    expect(scripts['restore.sh']).toMatch(/\nrm -rf \/notes\/index\n$/);
  });

  test('copy no database of a Grafana that has it elsewhere', () => {
    const elsewhere = build({
      ...minimal,
      backup: someBackup,
      grafana: { database: grafana.database },
    });
    const { spec } = manifestOf(elsewhere, 'CronJob crowsnest/crowsnest-backup-grafana')
      .object as Mutable;
    expect(spec.jobTemplate.spec.template.spec.initContainers ?? []).toEqual([]);
  });

  test.each(['jaeger', 'loki'])('of %s run only when somebody has stopped it', (name) => {
    const withLogs = build({
      ...minimal,
      backup: someBackup,
      loki: { enabled: true },
      logAgent: { enabled: true },
    });
    for (const kind of ['backup', 'verify']) {
      const { spec } = manifestOf(withLogs, `CronJob crowsnest/crowsnest-${kind}-${name}`)
        .object as Mutable;
      expect(spec.suspend).toBe(true);
      // No pod of it exists, beside which it could run.
      expect(spec.jobTemplate.spec.template.spec.affinity?.podAffinity).toBeUndefined();
    }
    const scripts = manifestOf(withLogs, `ConfigMap crowsnest/crowsnest-backup-${name}-scripts`)
      .object.data as Record<string, string>;
    // Files of a later state would not fit.
    expect(scripts['restore.sh']).toMatch(/ --delete --exclude='\/lost\+found'\n/);
  });

  test('reach only name servers and the bucket', () => {
    const { egress } = manifestOf(stack, 'NetworkPolicy crowsnest/crowsnest-backup-prometheus')
      .object.spec;
    expect(egress.flatMap(({ ports }: Mutable) => ports.map(({ port }: Mutable) => port))).toEqual(
      expect.arrayContaining([53, 443]),
    );
    expect(egress.flatMap(({ ports }: Mutable) => ports)).toHaveLength(3);
  });

  test('have no volume of a component that is not deployed', () => {
    const { manifests } = build({
      ...minimal,
      backup: someBackup,
      alertmanager: { enabled: false },
    });
    const names = manifests.map(({ object }) => object.metadata.name);
    expect(names).toContain('crowsnest-backup-prometheus');
    expect(names).not.toContain('crowsnest-backup-alertmanager');
  });
});

describe('options', () => {
  const found = (backup: object) =>
    validate({ ...minimal, backup }, 'test', 'environments/test.ts').findings.map(
      ({ place, remedy }) => [place.path, remedy],
    );

  test.each<[object, string, string]>([
    [
      { bucket },
      'backup.password',
      'Set it to an object with secret and key: copies are encrypted.',
    ],
    [
      { ...someBackup, bucket: { ...bucket, region: undefined } },
      'backup.bucket.region',
      "Set it to the region of the bucket such as 'eu-central-1'.",
    ],
    [
      { ...someBackup, bucket: { ...bucket, endpoint: 'http://s3.example.com' } },
      'backup.bucket.endpoint',
      "Set it to a URL that starts with 'https://', or state the reason for plain HTTP in plainHttp.",
    ],
    [
      { ...someBackup, bucket: { ...bucket, endpoint: 'https://s3.example.com/backups' } },
      'backup.bucket.endpoint',
      'Set it to a URL without a path: name is the bucket, and prefix is the folder.',
    ],
    [
      { ...someBackup, bucket: { ...bucket, endpoint: 'https://backups.s3.example.com' } },
      'backup.bucket.endpoint',
      'Set it to a URL without the bucket, such as https://s3.example.com.',
    ],
    [
      { ...someBackup, bucket: { ...bucket, plainHttp: 'it is only a test' } },
      'backup.bucket.plainHttp',
      'Remove it: requests are sent with TLS.',
    ],
    [
      { ...someBackup, bucket: { ...bucket, endpoint: 'https://minio.storage.svc' } },
      'backup.bucket.at',
      "Set it to where minio.storage.svc is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }.",
    ],
  ])('%j are rejected at %s', (backup, path, remedy) => {
    expect(found(backup)).toEqual([[path, remedy]]);
  });

  test.each(['* * * * *', '0 0 1,15 * 1-5', '*/5 2-4/2 * JAN SUN', '59 23 31 12 6'])(
    'the schedule %s is valid',
    (schedule) => expect(found({ ...someBackup, schedule })).toEqual([]),
  );

  test.each([
    '* * * *',
    '60 * * * *',
    '* 5-2 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 7',
    '1/0 * * * *',
    'a * * * *',
    '1-2-3 * * * *',
    '1,, * * * *',
  ])('the schedule %s is invalid', (schedule) =>
    expect(found({ ...someBackup, schedule })).toHaveLength(1),
  );
});
