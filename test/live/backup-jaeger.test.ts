import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { engineBinary } from '../engines/installation.js';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { durations, seconds, startBackups } from './backup-jobs.js';
import { jaegerPod, portsFor, startJaeger } from './jaeger-server.js';
import { sendTraces } from './otlp-trace.js';
import { find } from './shipped.js';
import { eventually } from './wait.js';

const { at, run, objects, stop } = await startBackups();
let jaeger: RunningEngine | undefined;
afterAll(async () => {
  await jaeger?.stop();
  await stop();
});

/** Opens the restored copy as the last container of the CronJob that verifies it. */
const open = async (): Promise<{ code: number; services: string[] }> => {
  const { spec } = find(objects, 'CronJob', 'crowsnest-verify-jaeger');
  const [{ command }] = spec.jobTemplate.spec.template.spec.containers;
  let script: string = command[2];
  for (const port of ['26684', '26685', '26686'])
    script = script.replaceAll(port, `${await freePort()}`);
  script = script
    .replaceAll('/cmd/jaeger/jaeger-linux', await engineBinary('jaeger'))
    .replaceAll(/(?<=[ =])\/badger(?=\/)/g, join(at('jaeger-copy'), 'badger'));
  return new Promise((done) =>
    execFile(command[0], ['-c', script], { timeout: 60_000 }, (error, stdout) => {
      const answer = /^\{"data".*$/m.exec(stdout)?.[0];
      done({
        code: error ? Number(error.code) : 0,
        services: (answer && JSON.parse(answer).data) || [],
      });
    }),
  );
};

it('a Jaeger has the traces of its copy after its volume is lost', async ({ annotate }) => {
  const ports = await portsFor(objects);
  const pod = jaegerPod(objects, at('jaeger'), ports, 'http://127.0.0.1:1');
  const volume = join(at('jaeger'), 'badger');
  const found = async (traceId: string): Promise<boolean> =>
    (await fetch(`http://127.0.0.1:${ports.get(16686)}/api/traces/${traceId}`)).ok;
  const isFound = (traceId: string) =>
    eventually('the trace is found', async () => (await found(traceId)) || undefined);

  jaeger = await startJaeger(pod, ports);
  const traces = Array.from({ length: 500 }, () => ({ service: 'orders' }));
  const copied = await sendTraces(ports.get(4318)!, traces);
  await isFound(copied.at(-1)!);
  await jaeger.stop();
  const [copy, copyTook] = await seconds(() => run('backup-jaeger', 'jaeger'));
  expect(copy).toMatchObject({ code: 0 });

  jaeger = await startJaeger(pod, ports);
  const [later] = await sendTraces(ports.get(4318)!, [{ service: 'orders' }]);
  await isFound(later!);
  await jaeger.kill();
  rmSync(volume, { recursive: true });
  mkdirSync(volume);
  expect(await run('verify-jaeger', 'jaeger-copy')).toMatchObject({
    code: 0,
    log: expect.stringContaining('no errors'),
  });
  expect(await open()).toEqual({ code: 0, services: expect.arrayContaining(['orders']) });
  for (const file of ['MANIFEST', 'KEYREGISTRY'])
    writeFileSync(join(at('jaeger-copy'), 'badger', 'keys', file), 'broken');
  expect(await open()).toMatchObject({ code: 1 });
  rmSync(join(at('jaeger-copy'), 'badger', 'keys', 'MANIFEST'));
  expect(await open()).toMatchObject({ code: 1 });

  const [restored, took] = await seconds(() => run('restore-jaeger-0', 'jaeger'));
  expect(restored).toMatchObject({ code: 0 });
  await annotate(durations(copy, copyTook, took), 'figure');
  expect(readdirSync(volume)).not.toEqual([]);

  jaeger = await startJaeger(pod, ports);
  for (const traceId of copied) expect(await found(traceId)).toBe(true);
  expect(await found(later!)).toBe(false);

  // Over a volume with later data, whose files would not fit.
  const [last] = await sendTraces(ports.get(4318)!, [{ service: 'orders' }]);
  await isFound(last!);
  await jaeger.kill();
  writeFileSync(join(volume, 'keys', '099999.sst'), 'of another state');
  expect(await run('restore-jaeger-0', 'jaeger')).toMatchObject({ code: 0 });
  expect(readdirSync(join(volume, 'keys'))).not.toContain('099999.sst');
  jaeger = await startJaeger(pod, ports);
  for (const traceId of copied) expect(await found(traceId)).toBe(true);
  expect(await found(last!)).toBe(false);
});
