import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quantityValue } from '../../src/model/quantity.js';
import { canMakeMachine } from './node-machine.js';
import { startPolicyController } from './node-policy.js';
import {
  isReady,
  type PodCluster,
  startPodCluster,
  untilReady,
  workloadsThere,
} from './pods-cluster.js';
import {
  declaredConnections,
  layMatrix,
  type Matrix,
  type Source,
  sources,
  stranger,
} from './pods-matrix.js';
import { type PodProcess, podProcesses } from './pods-process.js';
import { askPod, queryPrometheus, statusWithToken, targetsOf } from './pods-prometheus.js';
import { prometheusConfiguration } from './scrape-job.js';
import { shipped } from './shipped.js';
import { eventually } from './wait.js';

interface Container {
  readonly name: string;
  readonly resources: { readonly limits: { readonly memory: string } };
  readonly securityContext: { readonly runAsUser: number; readonly runAsGroup: number };
}

const environment = 'development';
const objects = shipped(environment);
const prometheus = 'crowsnest-prometheus-0';
const declared = declaredConnections(environment);
const workloads = workloadsThere(environment);
const containers: (readonly [string, string, Container])[] = workloads.flatMap(
  ({ metadata: { name }, spec }) =>
    spec.template.spec.containers.map(
      (container: Container) => [`${container.name} of ${name}`, name, container] as const,
    ),
);
const bySource = sources.map((source) => [source.title, source] as const);

// Only root can create the namespaces of a machine, and the control groups of the kernel must have
// version 1.
describe.skipIf(!canMakeMachine)('the pods of the development environment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
  let cluster: PodCluster;
  let processes: readonly PodProcess[];
  let reach: Matrix;

  beforeAll(async () => {
    cluster = await startPodCluster(environment, folder);
    processes = await podProcesses(cluster);
    reach = layMatrix(cluster);
  });
  afterAll(async () => {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(workloads.map(({ kind, metadata }) => [kind, metadata.name]))(
    '%s %s has its pod, which is ready',
    async (_, name) => {
      const pods = [...(await cluster.pods()).values()];
      const own = pods.filter(({ metadata }) => metadata.name.startsWith(`${name}-`));
      expect(own.map(isReady)).toEqual([true]);
    },
  );

  it.each(containers)(
    '%s runs as its user, without capabilities, with seccomp, on a read-only root, within its memory limit',
    (_, workload, { name, resources, securityContext: { runAsUser, runAsGroup } }) => {
      const own = processes.filter(
        ({ pod, container }) => pod.startsWith(`${workload}-`) && container === name,
      );
      expect(own).toMatchObject([
        {
          user: runAsUser,
          group: runAsGroup,
          capabilities: 0,
          canGainPrivileges: false,
          seccomp: 'filter',
          rootWritable: false,
          memoryBytes: quantityValue(resources.limits.memory),
        },
      ]);
      expect(runAsUser).toBeGreaterThan(0);
    },
  );

  it('no container is restarted', async ({ annotate }) => {
    const restarts = [...(await cluster.pods()).values()].flatMap(({ status }) =>
      (status.containerStatuses ?? []).map((one: { restartCount: number }) => one.restartCount),
    );
    expect(new Set(restarts)).toEqual(new Set([0]));
    await annotate(`all pods are ready ${cluster.secondsToReady} s after kubectl apply`, 'figure');
    await annotate(
      'the published images, which cannot be pulled here: images with the same names, users and entrypoints are built from the engines, that of Jaeger from an older release',
      'not shown',
    );
  });

  it('the pod of grafana is admitted and scheduled, and waits only for its image', async ({
    annotate,
  }) => {
    await eventually('its image is missing', async () => {
      const pod = (await cluster.pods()).get('crowsnest/crowsnest-grafana-0');
      const { reason } = pod?.status.initContainerStatuses?.[0].state.waiting ?? {};
      return /^(ErrImagePull|ImagePullBackOff)$/.test(reason) || undefined;
    });
    await annotate(
      'Grafana, which cannot be built from its module: a pod with its labels replaces it for connections',
      'not shown',
    );
  });

  describe('without enforcement of the policies', () => {
    it.each(bySource)('%s reaches every port', async (_, source) => {
      expect(new Set(Object.values(await reach(source)))).toEqual(new Set(['open']));
    });
  });

  describe('with kube-router, which enforces the policies', () => {
    const counts = { open: 0, denied: 0 };
    let enforced: number;
    let replaced: number;
    const untilDenied = (source: Source) =>
      eventually(`the policies are enforced on ${source.title}`, async () =>
        Object.values(await reach(source)).every((one) => one === 'open') ? undefined : true,
      );

    beforeAll(async () => {
      await startPolicyController(cluster.machine, cluster.controlPlane);
      await untilDenied(stranger);
      await eventually('there are samples', async () =>
        (await queryPrometheus(cluster, 'up')).at(0),
      );
      replaced = Date.now() / 1000;
      // Existing connections stay open: a new pod must connect again.
      await cluster.controlPlane.kubectl(['--namespace=crowsnest', 'delete', 'pod', prometheus]);
      await untilReady(cluster, environment);
      await untilDenied(sources[0] ?? stranger);
      enforced = Date.now();
    });

    it.each(bySource)('%s reaches exactly the declared targets', async (_, source) => {
      const answers = await reach(source);
      const titles = Object.keys(answers);
      const open = titles.filter((title) => answers[title] === 'open');
      expect(open.sort()).toEqual((declared[source.party ?? ''] ?? []).sort());
      counts.open += open.length;
      counts.denied += titles.length - open.length;
    });

    it('there are open and denied connections', async ({ annotate }) => {
      const { open, denied } = counts;
      await annotate(
        `${open + denied} connections from ${sources.length} sources, all open without a policy controller: with it ${open} are open and ${denied} are denied, as declared`,
        'figure',
      );
      await annotate(
        'connections between a pod and its own node, which NetworkPolicies always allow: the other node is a machine without pods',
        'not shown',
      );
      expect(Math.min(open, denied)).toBeGreaterThan(0);
    });

    it('prometheus discovers and scrapes the targets of every job with its own ServiceAccount', async ({
      annotate,
    }) => {
      const jobs = prometheusConfiguration(objects).scrape_configs.map(({ job_name }) => job_name);
      const answersOf = (targets: Awaited<ReturnType<typeof targetsOf>>) =>
        jobs.map((job) => {
          const own = targets.filter(({ labels }) => labels.job === job);
          const answers = new Set(own.map(({ health, lastError }) => lastError || health));
          return { job, answers: [...answers] };
        });
      const expected = jobs.map((job) => ({
        job,
        answers: [job === 'grafana' ? expect.stringContaining('404') : 'up'],
      }));
      // Repeatedly: on a busy machine a single scrape can exceed its timeout.
      const targets = await eventually('every target has been scraped', async () => {
        const all = await targetsOf(cluster);
        const late = all.filter(({ lastScrape }) => Date.parse(lastScrape) < enforced);
        if (late.length > 0) throw new Error(late.map(({ scrapeUrl }) => scrapeUrl).join(', '));
        expect(answersOf(all)).toEqual(expected);
        return all;
      });
      await annotate(`${targets.length} targets of ${jobs.length} scrape jobs`, 'figure');
    });

    it('every Service except Grafana’s answers its probe by name', async () => {
      // Pages that were probed before a policy allowed it are probed again.
      await eventually('the probe of grafana alone fails', async () => {
        const results = await queryPrometheus(cluster, 'probe_success');
        const failed = results.filter(({ value }) => value[1] !== '1');
        expect(failed.map(({ metric }) => metric.instance)).toEqual([
          expect.stringContaining('crowsnest-grafana'),
        ]);
        expect(results.length).toBeGreaterThan(failed.length);
        return true;
      });
    });

    it.each([
      'container_memory_working_set_bytes{namespace="crowsnest",container="prometheus"}',
      'kube_pod_info{namespace="crowsnest",pod="crowsnest-prometheus-0"}',
      'prober_probe_total{namespace="crowsnest",probe_type="Readiness",result="successful"}',
      'coredns_dns_requests_total',
      'node_memory_MemTotal_bytes{node="worker"}',
      // Without a limit it is the largest number.
      ...['prometheus', 'alertmanager', 'blackbox-exporter'].map(
        (name) =>
          `max by (pod) (go_gc_gomemlimit_bytes{job="${name}"}) < on (pod) max by (pod) (kube_pod_container_resource_limits{resource="memory",container="${name}"})`,
      ),
    ])('prometheus has %s', async (expression) => {
      await eventually(expression, async () => (await queryPrometheus(cluster, expression)).at(0));
    });

    it('prometheus has the samples from before its pod was replaced', async () => {
      expect(await queryPrometheus(cluster, `up @ ${replaced}`)).not.toEqual([]);
    });

    it('alertmanager has the Watchdog from prometheus', async () => {
      await eventually('the alert is there', async () => {
        const text = await askPod(cluster, 'crowsnest-alertmanager-0', '9093/api/v2/alerts');
        return text.includes('"Watchdog"') || undefined;
      });
    });

    it.each([
      ['read', '/api/v1/namespaces/crowsnest/pods', 200],
      ['not read', '/api/v1/namespaces/crowsnest/secrets', 403],
      ['not read', '/api/v1/namespaces/crowsnest/configmaps', 403],
      ['not read', '/api/v1/namespaces/elsewhere/pods', 403],
      ['not read', '/api/v1/pods', 403],
    ])('the token in prometheus’s pod may %s %s', async (_, path, status) => {
      expect(await statusWithToken(cluster, prometheus, path)).toBe(status);
    });
  });
});
