import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineBinary } from '../engines/installation.js';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { alertmanagerPod, startAlertmanager } from './alertmanager-server.js';
import { durations, password, type Run, seconds, startBackups } from './backup-jobs.js';
import { bucketKeys } from './bucket-server.js';
import { query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { find } from './shipped.js';
import { eventually } from './wait.js';

const { at, run, folder, objects, stop } = await startBackups();
const running = new Set<RunningEngine>();

afterAll(async () => {
  for (const engine of running) await engine.stop();
  await stop();
});

/** Opens a restored copy as the last container of the CronJob that verifies it. */
const open = async (job: string, pods: string): Promise<Run> => {
  const { spec } = find(objects, 'CronJob', `crowsnest-${job}`);
  const [{ command }] = spec.jobTemplate.spec.template.spec.containers;
  const port = `${await freePort()}`;
  const engines = dirname(await engineBinary(pods === 'prometheus' ? 'promtool' : 'amtool'));
  const [program, ...args] = command.map((text: string) =>
    text
      .replaceAll(/\/bin\/(promtool|alertmanager|amtool)/g, `${engines}/$1`)
      .replaceAll(
        new RegExp(`(?<=[ =]|^)/${pods}(?=[/ \n]|$)`, 'g'),
        join(at(`${pods}-copy`), pods),
      )
      .replaceAll('19093', port),
  );
  return new Promise((done) =>
    execFile(program, args, { timeout: 60_000 }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, log: stdout + stderr }),
    ),
  );
};

describe('Prometheus', () => {
  const data = join(at('prometheus'), 'prometheus');
  let prometheus: RunningEngine;

  const start = async (): Promise<void> => {
    prometheus = await startPrometheus(objects, at('prometheus'), ({ global, storage }) => ({
      ...{ global, storage, scrape_configs: [], rule_files: [] },
    }));
    running.add(prometheus);
  };
  const kill = async (): Promise<void> => {
    await prometheus.kill();
    running.delete(prometheus);
  };
  const blocks = (): string[] =>
    readdirSync(data).filter((name) => existsSync(join(data, name, 'meta.json')));
  const total = () => query(prometheus.url, 'sum by (shop) (sum_over_time(orders[2d]))');

  beforeAll(async () => {
    mkdirSync(data, { recursive: true });
    const end = Math.floor(Date.now() / 7_200_000) * 7200;
    const lines = Array.from({ length: 24 * 60 }, (_, minute) =>
      [1, 2, 3].map((shop) => `orders{shop="${shop}"} ${minute * shop} ${end - minute * 60 - 60}`),
    ).reverse();
    const text = join(folder, 'orders.txt');
    writeFileSync(text, ['# TYPE orders gauge', ...lines.flat(), '# EOF', ''].join('\n'));
    const promtool = await engineBinary('promtool');
    await new Promise<void>((done, fail) =>
      execFile(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', text, data], (error) =>
        error ? fail(error) : done(),
      ),
    );
    await start();
  });

  it('has the same results after its volume is lost and restored from a copy made while it ran', async ({
    annotate,
  }) => {
    const before = await total();
    expect(before).toHaveLength(3);
    const [copy, copyTook] = await seconds(() => run('backup-prometheus', 'prometheus'));
    expect(copy).toMatchObject({ code: 0 });
    await kill();
    rmSync(data, { recursive: true });
    mkdirSync(data);
    const [restored, took] = await seconds(() => run('restore-prometheus-0', 'prometheus'));
    expect(restored).toMatchObject({ code: 0 });
    await annotate(durations(copy, copyTook, took), 'figure');
    expect(readdirSync(data).filter((name) => /wal|head|lock|active/.test(name))).toEqual([]);
    await start();
    expect((await total()).map(({ value }) => value[1])).toEqual(
      before.map(({ value }) => value[1]),
    );
  });

  it('has a copy again after a block was deleted while it was read, and never one that lacks files', async () => {
    const restic = await engineBinary('restic');
    const wrapper = join(folder, 'bin');
    const seen = join(folder, 'attempts');
    mkdirSync(wrapper);
    // The first attempt is as if the first block had been deleted: restic ends with 3.
    writeFileSync(
      join(wrapper, 'restic'),
      `#!/bin/sh
if [ "$1" = backup ] && [ ! -e ${seen} ]; then
  echo 1 > ${seen}
  ${restic} "$@" --exclude=${blocks()[0]}
  exit 3
fi
exec ${restic} "$@"
`,
    );
    chmodSync(join(wrapper, 'restic'), 0o755);
    const { code, log } = await run('backup-prometheus', 'prometheus', { path: [wrapper] });
    expect({ code, attempted: existsSync(seen) }).toEqual({ code: 0, attempted: true });
    expect(log.match(/snapshot [0-9a-f]+ saved/g)).toHaveLength(2);
    const wanted = blocks();
    await kill();
    rmSync(data, { recursive: true });
    mkdirSync(data);
    const restored = await run('restore-prometheus-0', 'prometheus');
    expect(restored.code).toBe(0);
    expect(blocks().sort()).toEqual(wanted.sort());
    await start();
  });

  it.each(['backup-prometheus', 'restore-prometheus-0'])(
    'has a job %s that succeeds after a run was killed which had the bucket for itself',
    async (job) => {
      const restic = await engineBinary('restic');
      const wrapper = join(folder, `killed-${job}`);
      mkdirSync(wrapper);
      // As if the pod had been killed while it deletes old copies.
      writeFileSync(
        join(wrapper, 'restic'),
        `#!/bin/sh
case "$*" in *--prune*) ;; *) exec ${restic} "$@" ;; esac
${restic} check --read-data --limit-download=1 >/dev/null 2>&1 &
until ${restic} list locks --no-lock --quiet | grep -q .; do kill -0 $!; done
kill -9 $!
wait $!
exit 137
`,
      );
      chmodSync(join(wrapper, 'restic'), 0o755);
      const killed = await run('backup-prometheus', 'prometheus', { path: [wrapper] });
      expect(killed.code).toBe(137);
      const { code, log } = await run(job, 'prometheus', { env: { RESTIC_RETRY_LOCK: '1s' } });
      expect({ code, log }).toEqual({
        code: 0,
        log: expect.stringContaining('successfully removed 1 locks'),
      });
    },
  );

  it('has no copy if restic cannot read a file in any attempt', async () => {
    const restic = await engineBinary('restic');
    const wrapper = join(folder, 'failing');
    mkdirSync(wrapper);
    writeFileSync(
      join(wrapper, 'restic'),
      `#!/bin/sh\n${restic} "$@" || exit $?\nif [ "$1" = backup ]; then exit 3; fi\n`,
    );
    chmodSync(join(wrapper, 'restic'), 0o755);
    const before = await run('restore-prometheus-0', 'prometheus', { env: { COPY: 'none' } });
    const failed = await run('backup-prometheus', 'prometheus', { path: [wrapper] });
    expect(failed.code).toBe(3);
    const after = await run('restore-prometheus-0', 'prometheus', { env: { COPY: 'none' } });
    const copies = ({ log }: Run) => log.match(/^(\d+) snapshots/m)?.[1];
    expect(copies(before)).toBeDefined();
    expect(copies(after)).toBe(copies(before));
  });

  it('has a job that fails with a wrong password, and no log has a credential', async () => {
    const runs = [
      await run('backup-prometheus', 'prometheus', { env: { RESTIC_PASSWORD: 'wrong' } }),
      await run('restore-prometheus-0', 'prometheus', { env: { RESTIC_PASSWORD: 'wrong' } }),
      await run('backup-prometheus', 'prometheus'),
    ];
    expect(runs.map(({ code }) => code)).toEqual([12, 12, 0]);
    for (const secret of [password, bucketKeys.secret, bucketKeys.id])
      expect(JSON.stringify(runs)).not.toContain(secret);
  });

  it('has a copy that is verified, and one with a broken index is not', async () => {
    expect(await run('verify-prometheus', 'prometheus-copy')).toEqual({
      code: 0,
      log: expect.stringContaining('no errors'),
    });
    const opened = await open('verify-prometheus', 'prometheus');
    expect(opened).toMatchObject({ code: 0 });
    const copy = join(at('prometheus-copy'), 'prometheus');
    for (const block of readdirSync(copy).filter((name) => /^[0-9A-Z]{26}$/.test(name)))
      writeFileSync(join(copy, block, 'index'), 'broken');
    expect(await open('verify-prometheus', 'prometheus')).toMatchObject({ code: 1 });
  });

  it('is encrypted in the bucket', async () => {
    const files = readdirSync(join(folder, 's3'), { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && one.name.endsWith('.dat'))
      .map((one) => readFileSync(join(one.parentPath, one.name), 'latin1'));
    expect(files.join('').length).toBeGreaterThan(1000);
    expect(files.join('')).not.toContain('orders');
  });
});

describe('Alertmanager', () => {
  const data = join(at('alertmanager'), 'alertmanager');

  it('has its silences after its volume is lost and restored from a copy made while it ran', async () => {
    const pod = alertmanagerPod(objects, at('alertmanager'));
    const first = await startAlertmanager(pod);
    running.add(first);
    const now = Date.now();
    const answer = await fetch(`${first.url}/api/v2/silences`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        matchers: [{ name: 'alertname', value: 'Maintenance', isRegex: false, isEqual: true }],
        startsAt: new Date(now).toISOString(),
        endsAt: new Date(now + 3_600_000).toISOString(),
        createdBy: 'test',
        comment: 'for an hour',
      }),
    });
    const { silenceID } = (await answer.json()) as { silenceID: string };
    // It writes them every minute.
    await eventually('the silence is on the volume', async () => {
      const file = join(data, 'silences');
      return (
        (existsSync(file) && readFileSync(file, 'latin1').includes('Maintenance')) || undefined
      );
    });
    expect(await run('backup-alertmanager', 'alertmanager')).toMatchObject({ code: 0 });
    const verified = await run('verify-alertmanager', 'alertmanager-copy');
    expect(verified).toMatchObject({ code: 0 });
    const opened = await open('verify-alertmanager', 'alertmanager');
    expect(opened).toMatchObject({ code: 0 });
    expect(opened.log).toContain('Maintenance');
    writeFileSync(join(at('alertmanager-copy'), 'alertmanager', 'silences'), 'broken');
    expect((await open('verify-alertmanager', 'alertmanager')).code).not.toBe(0);
    await first.kill();
    running.delete(first);
    rmSync(data, { recursive: true });
    mkdirSync(data);
    expect(await run('restore-alertmanager-0', 'alertmanager')).toMatchObject({ code: 0 });
    const second = await startAlertmanager(pod);
    running.add(second);
    const silences = (await (await fetch(`${second.url}/api/v2/silences`)).json()) as {
      id: string;
      status: { state: string };
    }[];
    expect(silences.map(({ id, status }) => [id, status.state])).toEqual([[silenceID, 'active']]);
  });
});
