import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkProject } from '../../src/check-project.js';
import { importModule } from '../../src/config/modules.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { type Child, startChild } from '../engines/child.js';
import { freePort } from '../engines/port.js';
import { repository } from '../output/command.js';
import { find } from './shipped.js';
import { eventually } from './wait.js';

/** The manifests of the environment `examples/service.ts`, with all that ships. */
export const exampleObjects = async (): Promise<KubernetesObject[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
  try {
    const source = join(repository, 'examples/service.ts');
    symlinkSync(source, join(folder, 'service.ts'));
    const { stacks, findings } = await checkProject({
      environments: folder,
      out: join(folder, 'dist'),
      imagesLock: null,
      load: (path) => importModule(path.startsWith(folder) ? source : path),
    });
    if (findings.length > 0) throw new Error(JSON.stringify(findings));
    return stacks.flatMap(({ manifests }) =>
      manifests.map(({ object }) => JSON.parse(JSON.stringify(object)) as KubernetesObject),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** The process of the example service. */
export interface ExampleService {
  /** The address of its pages for users, and of its health pages. */
  readonly url: string;
  /** The host and port of its metrics page. */
  readonly metrics: string;
  /** Makes it slow or failing. */
  fail(faults: { readonly delayMs: number; readonly errorRatio: number }): Promise<void>;
  /** Sends so many requests each second until it stops; returns how many have been answered. */
  load(perSecond: number): () => number;
  readonly child: Child;
  stop(): Promise<void>;
}

/** Starts the service as a pod would, with the generated variables; spans go to a port of the loopback address. */
export const startExampleService = async (
  objects: readonly KubernetesObject[],
  spanPort: number,
): Promise<ExampleService> => {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const { data } = find(objects, 'ConfigMap', 'crowsnest-orders-otel');
  const child = startChild(process.execPath, ['main.js'], {
    cwd: join(repository, 'examples/service'),
    env: {
      ...(data as Record<string, string>),
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${spanPort}`,
      PORT: `${port}`,
      METRICS_PORT: `${metricsPort}`,
      FAULTS: 'allowed',
      STOP_MS: '0',
    },
  });
  const url = `http://127.0.0.1:${port}`;
  await eventually('the start of the service is complete', async () => {
    if (child.ending()) throw new Error(child.log());
    return (await fetch(`${url}/health/startup`)).status === 200 || undefined;
  });
  let timer: NodeJS.Timeout | undefined;
  return {
    url,
    metrics: `127.0.0.1:${metricsPort}`,
    fail: async (faults) => {
      const { status } = await fetch(`http://127.0.0.1:${metricsPort}/faults`, {
        method: 'PUT',
        body: JSON.stringify(faults),
      });
      if (status !== 204) throw new Error(`The service answers ${status}.`);
    },
    load: (perSecond) => {
      let answered = 0;
      const request = async () => {
        await (await fetch(`${url}/orders`)).text();
        answered += 1;
      };
      timer = setInterval(() => void request().catch(() => undefined), 1000 / perSecond);
      return () => answered;
    },
    child,
    stop: async () => {
      clearInterval(timer);
      await child.terminate('SIGTERM');
    },
  };
};
