import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.js';
import { dashboardQueries } from '../../src/promql/dashboard.js';
import { expand } from '../../src/promql/variables.js';
import { engineBinary } from '../engines/installation.js';
import { reasonsForNoData } from './dashboards-reasons.js';
import { canMakeMachine } from './node-machine.js';
import { type PodCluster, startPodCluster } from './pods-cluster.js';
import { countSeries } from './pods-prometheus.js';
import { stir, workloadsOfAllKinds } from './pods-stir.js';
import { environments, shipped } from './shipped.js';

const run = promisify(execFile);
const environment = 'development';
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The dashboards that ship in an environment, by uid. */
const dashboardsOf = (name: string): Record<string, string> =>
  Object.fromEntries(
    shipped(name)
      .filter(({ metadata }) => /grafana-dashboards-/.test(metadata.name))
      .flatMap(({ data }) => Object.entries((data ?? {}) as Record<string, string>))
      .map(([file, json]): [string, string] => [file.replace('.json', ''), json]),
  );

describe('the dashboards', () => {
  it('are decoded strictly and validated by the foundation SDK of Grafana, in Go', async ({
    annotate,
  }) => {
    const files = environments.flatMap((name) =>
      Object.entries(dashboardsOf(name)).map(([uid, json]) => {
        const file = join(folder, `${name}-${uid}.json`);
        writeFileSync(file, json);
        return file;
      }),
    );
    const decode = await engineBinary('foundation-sdk');
    const { stdout } = await run(decode, files);
    expect(stdout).toBe(`${files.length} dashboards\n`);
    await annotate(`${files.length} dashboards of ${environments.length} environments`, 'figure');

    const spoilt = join(folder, 'spoilt.json');
    const [json = ''] = Object.values(dashboardsOf(environment));
    writeFileSync(spoilt, JSON.stringify({ ...JSON.parse(json), titel: '' }));
    await expect(run(decode, [spoilt])).rejects.toMatchObject({
      stdout: expect.stringContaining('titel'),
    });
  });
});

interface Asked {
  /** The uid of the dashboard and who asks. */
  readonly title: string;
  readonly text: string;
}

const dashboards = dashboardsOf(environment);
const asked: readonly Asked[] = Object.entries(dashboards).flatMap(([uid, json]) =>
  dashboardQueries(json)
    .filter(({ label }) => label === undefined)
    .map(({ asker, expr, variables }) => {
      // A dashboard about one thing asks for that one.
      const values = { ...variables, ...(uid === 'node' && { node: 'worker' }) };
      return {
        title: `${uid}: ${asker.replace(/^panel /, '')}`,
        text: expand(expr, values).text,
      };
    }),
);

const reasonFor = ({ text }: Asked) => reasonsForNoData.find(({ of }) => of.test(text));

// Far longer than rules take to be evaluated, containers to fail again, and rates to be there.
const patience = 240_000;

describe.skipIf(!canMakeMachine)(
  'the queries of the dashboards, on the Prometheus of a cluster to which development is applied as shipped',
  () => {
    let cluster: PodCluster;
    beforeAll(async () => {
      cluster = await startPodCluster(environment, join(folder, 'cluster'));
      await cluster.controlPlane.kubectl(
        ['apply', '-f', '-'],
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items: workloadsOfAllKinds }),
      );
      await stir(cluster);
    });
    afterAll(() => cluster?.stop());

    it('have no reason for no data left of queries that are gone', () => {
      const stale = reasonsForNoData.filter(({ of }) => !asked.some(({ text }) => of.test(text)));
      expect(stale).toEqual([]);
    });

    it('are all answered, with data but where there is a reason for none', async ({ annotate }) => {
      const deadline = performance.now() + patience;
      let empty: Asked[];
      let unexplained: Asked[];
      for (;;) {
        const counts = await countSeries(
          cluster,
          asked.map(({ text }) => text),
        );
        const refused = counts.flatMap((count, index) =>
          typeof count === 'string' ? { ...asked[index], count } : [],
        );
        expect(refused).toEqual([]);
        empty = asked.filter((_, index) => counts[index] === 0);
        unexplained = empty.filter((one) => !reasonFor(one));
        if (unexplained.length === 0 || performance.now() > deadline) break;
        await sleep(10_000);
      }
      expect(unexplained).toEqual([]);
      await annotate(
        'the dashboards in a Grafana: the Go module proxy in use does not hand out its module, and Debian, npm and PyPI have clients of it, not its server; that it reads them is held by its foundation SDK alone',
        'not shown',
      );
      const { content } = await loadContent([resolve(import.meta.dirname, '../..')]);
      const others = Object.keys(content.dashboards).filter((uid) => !(uid in dashboards));
      await annotate(
        `the queries of what does not ship in development, which lacks its engines: ${others.join(', ')}`,
        'not shown',
      );
      const withData = asked.length - empty.length;
      const share = ((100 * withData) / asked.length).toFixed(0);
      await annotate(
        `${asked.length} queries of ${Object.keys(dashboards).length} dashboards: ${withData} with data (${share} %), ${empty.length} without, each for a reason`,
        'figure',
      );
      for (const reason of reasonsForNoData) {
        const own = empty.filter((one) => reasonFor(one) === reason);
        if (own.length === 0) continue;
        const titles = [...new Set(own.map(({ title }) => title))].join('; ');
        await annotate(
          `data of ${own.length} queries, as ${reason.reason}: ${titles}`,
          'not shown',
        );
      }
    });
  },
);
