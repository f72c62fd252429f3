import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { images } from '../../src/components/index.js';
import { imageReference } from '../../src/config/image.js';
import { systemProgram } from '../engines/debian.js';
import { blocksIn } from '../readme/block.js';
import { run } from '../readme/clone.js';
import type { StaticImage } from './image-archive.js';
import { canMakeMachine } from './node-machine.js';
import { controlPlaneNetwork } from './node-network.js';
import { isReady, type NodeCluster, prepareCluster, startNode } from './pods-cluster.js';
import { eventually } from './wait.js';

const repository = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(repository, 'README.md'), 'utf8');
const [block] = blocksIn(readme).filter(({ language }) => language === 'sh');
const commands = block?.text.trim().split('\n') ?? [];

/** Answers Grafana's health pages, and has the programs that the commands use. */
const grafanaStandIn = async (): Promise<StaticImage> => ({
  reference: imageReference(images.grafana!),
  binary: await systemProgram('busybox'),
  entrypoint: '/bin/sh',
  alsoAt: ['bin/cat'],
  arguments: [
    '-c',
    [
      'cd /var/lib/grafana',
      'mkdir -p pages/api',
      'echo ok > pages/healthz',
      'echo \'{"database":"ok"}\' > pages/api/health',
      'exec httpd -f -p 3000 -h pages',
    ].join(' && '),
  ],
  user: `${images.grafana!.user}:${images.grafana!.group}`,
});

/** Copies the files of the repository, as a clone has them. */
const cloneInto = (folder: string): void => {
  const listed = run(repository, 'git', 'ls-files', '-z', '--cached', '--others', '-X.gitignore');
  for (const path of listed.split('\0')) {
    if (path === '' || !existsSync(join(repository, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(repository, path), join(folder, path));
  }
};

// Each test continues where the one before it ended.
describe.skipIf(!canMakeMachine)('the commands on the first screen of the README', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
  const clone = join(folder, 'clone');
  const seconds = new Map<string, number>();
  let cluster: NodeCluster;
  let left = commands;

  const next = async <T>(expected: RegExp, follow: (command: string) => T | Promise<T>) => {
    const [command = '', ...others] = left;
    left = others;
    expect(command).toMatch(expected);
    const start = performance.now();
    const result = await follow(command);
    seconds.set(command, (performance.now() - start) / 1000);
    return result;
  };
  const inClone = (command: string): string => run(clone, 'sh', '-c', command);
  const withKubectl = (command: string) => cluster.controlPlane.shell(command, clone);

  beforeAll(() => cloneInto(clone));
  afterAll(async () => {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('kind create cluster: here a node with the same addresses, and the class and the volumes that kind provides', async () => {
    cluster = await next(/^kind create cluster$/, async () =>
      startNode(join(folder, 'node'), [await grafanaStandIn()]),
    );
    await prepareCluster('development', cluster.controlPlane, join(folder, 'node'));
  });

  it('npm ci and npx crowsnest synth write the manifests that are committed', async () => {
    await next(/^npm ci$/, inClone);
    await next(/^npx crowsnest synth$/, inClone);
    run(repository, 'diff', '--recursive', 'dist', join(clone, 'dist'));
  });

  it('kubectl apply creates every object at once', async () => {
    const told = await next(/^kubectl apply -f dist\/development\/$/, withKubectl);
    const lines = told.trim().split('\n');
    expect(lines.filter((line) => !line.endsWith(' created'))).toEqual([]);
    expect(lines.length).toBeGreaterThan(50);
  });

  it('kubectl rollout status waits until Grafana is ready', async () => {
    const told = await next(/ rollout status statefulset\/crowsnest-grafana /, withKubectl);
    expect(told).toMatch(/partitioned roll out complete|rolling update complete/);
  });

  it('kubectl exec prints the password that Grafana’s pod has created', async () => {
    const password = await next(/ exec crowsnest-grafana-0 /, withKubectl);
    expect(password).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });

  it('kubectl port-forward makes the page available, and no command is left', async ({
    annotate,
  }) => {
    await next(/ port-forward svc\/crowsnest-grafana 3000$/, (command) => {
      cluster.controlPlane.startShell(command, clone);
      const fetchPage =
        "fetch('http://localhost:3000/api/health').then(async (one) => console.log(await one.text()))";
      return eventually('the forwarded port answers', async () => {
        const page = await cluster.machine.run([process.execPath, '-e', fetchPage], {
          network: controlPlaneNetwork,
        });
        return page.includes('"database":"ok"') || undefined;
      });
    });
    expect(left).toEqual([]);
    await eventually('all pods are ready', async () => {
      const pods = [...(await cluster.pods()).values()];
      return (pods.length > 6 && pods.every(isReady)) || undefined;
    });
    const all = [...seconds.values()].reduce((sum, one) => sum + one, 0);
    await annotate(
      `${commands.length} commands, ${(all / 60).toFixed(1)} minutes from the clone to Grafana’s page: ${[
        ...seconds,
      ]
        .map(([command, one]) => `${nameOf(command)} ${Math.ceil(one)} s`)
        .join(', ')}`,
      'figure',
    );
    await annotate(
      'kind and the download of the images: a node with containerd, the kubelet and the same addresses replaces kind, and images built from the engines are on it before',
      'not shown',
    );
    await annotate(
      'Grafana, which cannot be built from its module: an image with its name and user creates the password as Grafana’s pod does, and answers its health page',
      'not shown',
    );
  });
});

/** The part of a command that says what it does. */
const nameOf = (command: string): string =>
  /^(?:npm|npx|kind) .*|(?<=kubectl.*)(?:apply|rollout|exec|port-forward)/.exec(command)?.[0] ??
  command;
