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
import { alarmsOf } from './panel-alarms.js';
import { reasonsForAlarms } from './panel-alarms-reasons.js';
import { showPanels } from './panel-results.js';
import { type PodCluster, startPodCluster } from './pods-cluster.js';
import { answersTo, countSeries, queryPrometheus } from './pods-prometheus.js';
import { stir, workloadsOfAllKinds } from './pods-stir.js';
import { environments, shippedDashboards } from './shipped.js';
import { eventually } from './wait.js';

const run = promisify(execFile);
const environment = 'development';
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the dashboards', () => {
  it('are decoded strictly and validated by the foundation SDK of Grafana, in Go', async ({
    annotate,
  }) => {
    const files = environments.flatMap((name) =>
      Object.entries(shippedDashboards(name)).map(([uid, json]) => {
        const file = join(folder, `${name}-${uid}.json`);
        writeFileSync(file, json);
        return file;
      }),
    );
    const decode = await engineBinary('foundation-sdk');
    const { stdout } = await run(decode, files);
    expect(stdout).toBe(`${files.length} dashboards\n`);
    await annotate(`${files.length} dashboards of ${environments.length} environments`, 'figure');

    const mutated = join(folder, 'mutated.json');
    const [json = ''] = Object.values(shippedDashboards(environment));
    writeFileSync(mutated, JSON.stringify({ ...JSON.parse(json), titel: '' }));
    await expect(run(decode, [mutated])).rejects.toMatchObject({
      stdout: expect.stringContaining('titel'),
    });
  });
});

interface Asked {
  /** The uid of the dashboard, and the panel or variable. */
  readonly title: string;
  readonly text: string;
}

const dashboards = shippedDashboards(environment);
const asked: readonly Asked[] = Object.entries(dashboards).flatMap(([uid, json]) =>
  dashboardQueries(JSON.parse(json))
    .filter(({ label }) => label === undefined)
    .map(({ usedIn, expr, variables }) => {
      return {
        title: `${uid}: ${usedIn.replace(/^panel /, '')}`,
        // A dashboard about one object is queried for all objects of its kind.
        text: expand(expr, variables).text.replaceAll('=".+"', '=~".+"'),
      };
    }),
);

const reasonFor = ({ text }: Asked) => reasonsForNoData.find(({ of }) => of.test(text));

// Far longer than the time until rules are evaluated, containers have failed again and rates exist.
const patience = 240_000;

/**
 * Waits until each target except Grafana is up, and has the given number of scrapes; returns the
 * time.
 */
const untilScraped = (cluster: PodCluster, times: number): Promise<number> =>
  eventually(`all targets are scraped ${times} times, and all pages answer`, async () => {
    const up = 'up{job!="grafana"}';
    const scraped = `count(${up} == 1 and sum_over_time(${up}[5m]) >= ${times})`;
    const targets = 'sum(prometheus_target_scrape_pool_targets{scrape_job!="grafana"})';
    // The first probe of a page can precede the readiness of its pod.
    const failed = 'probe_success{instance!~".*grafana.*"} == 0';
    const [found] = await queryPrometheus(
      cluster,
      `${scraped} == ${targets} unless on () (${failed})`,
    );
    return found?.value[0];
  });

describe.skipIf(!canMakeMachine)(
  'the dashboards of development, with the Prometheus of a cluster with the shipped manifests',
  () => {
    let cluster: PodCluster;
    beforeAll(async () => {
      cluster = await startPodCluster(environment, join(folder, 'cluster'));
    });
    afterAll(() => cluster?.stop());

    it('have no alarming panel while everything works, except for known reasons', async ({
      annotate,
    }) => {
      const start = await untilScraped(cluster, 1);
      const end = await untilScraped(cluster, 3);
      const shown = await showPanels(
        Object.values(dashboards),
        (questions) => answersTo(cluster, questions),
        { start, end, step: 15 },
      );
      const alarms = shown.flatMap(({ title, panel, results }) =>
        alarmsOf(panel, results).map((alarm) => ({ title, text: `${title}: ${alarm}` })),
      );
      const reasonOf = ({ text }: { text: string }) =>
        reasonsForAlarms.find(({ of }) => of.test(text));
      expect(alarms.filter((one) => !reasonOf(one)).map(({ text }) => text)).toEqual([]);
      const titles = (some: readonly { title: string }[]) => [
        ...new Set(some.map(({ title }) => title)),
      ];
      await annotate(
        `${shown.length} panels of ${Object.keys(dashboards).length} dashboards, one for each pod, workload and node: ${titles(alarms).length} look alarming while everything works, each for a known reason`,
        'figure',
      );
      for (const reason of reasonsForAlarms) {
        const own = titles(alarms.filter((one) => reasonOf(one) === reason));
        if (own.length === 0 && reason.sometimes) continue;
        expect(own, `alarms, because ${reason.reason}`).not.toEqual([]);
        await annotate(
          `${own.length} panels without an alarm, because ${reason.reason}: ${own.join('; ')}`,
          'not shown',
        );
      }
    });

    describe('with workloads of all kinds, their queries', () => {
      beforeAll(async () => {
        await cluster.controlPlane.kubectl(
          ['apply', '-f', '-'],
          JSON.stringify({ apiVersion: 'v1', kind: 'List', items: workloadsOfAllKinds }),
        );
        await stir(cluster);
      });

      it('have no reason for missing data without such a query', () => {
        const stale = reasonsForNoData.filter(({ of }) => !asked.some(({ text }) => of.test(text)));
        expect(stale).toEqual([]);
      });

      it('return no error, and return data unless there is a reason for none', async ({
        annotate,
      }) => {
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
          'the dashboards in a Grafana: grafana.test.ts does this if a Grafana is available',
          'not shown',
        );
        const { content } = await loadContent([resolve(import.meta.dirname, '../..')]);
        const others = Object.keys(content.dashboards).filter((uid) => !(uid in dashboards));
        await annotate(
          `the queries about engines that development does not have: ${others.join(', ')}`,
          'not shown',
        );
        const withData = asked.length - empty.length;
        const share = ((100 * withData) / asked.length).toFixed(0);
        await annotate(
          `${asked.length} queries of ${Object.keys(dashboards).length} dashboards: ${withData} with data (${share} %), ${empty.length} without, each for a known reason`,
          'figure',
        );
        for (const reason of reasonsForNoData) {
          const own = empty.filter((one) => reasonFor(one) === reason);
          if (own.length === 0) continue;
          const titles = [...new Set(own.map(({ title }) => title))].join('; ');
          await annotate(
            `data of ${own.length} queries, because ${reason.reason}: ${titles}`,
            'not shown',
          );
        }
      });
    });
  },
);
