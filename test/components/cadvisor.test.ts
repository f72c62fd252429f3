import { describe, expect, test } from 'vitest';
import { type CadvisorOptions, cadvisor } from '../../src/components/cadvisor.js';
import { sizings } from '../../src/config/sizing.js';
import { full } from '../checks/full.js';
import type { Spoilt } from '../checks/input.js';
import type { Whole } from '../checks/whole.js';
import { build, minimal } from '../environment.js';
import { shippedBy } from '../model/vocabulary/shipped.js';
import { type Synthesis, synthesize } from './synthesis.js';

const { small } = sizings;

const containerd: CadvisorOptions = {
  runtime: { kind: 'containerd', socket: '/run/containerd/containerd.sock' },
  resources: small.cadvisor,
};

const docker: CadvisorOptions = { ...containerd, runtime: { kind: 'docker' } };

const all: Whole<CadvisorOptions> = {
  runtime: { kind: 'containerd', socket: '/run/k3s/containerd/containerd.sock' },
  resources: { cpu: '100m', memory: '256Mi', memoryLimit: '512Mi' },
};

const daemonSetOf = ({ objects }: Synthesis): Spoilt =>
  objects.find(({ kind }) => kind === 'DaemonSet')!;

const cases: [string, Synthesis][] = [
  ['containerd', synthesize(cadvisor(containerd))],
  ['docker', synthesize(cadvisor(docker))],
  ['all', synthesize(cadvisor(all), full)],
];

test.each(cases)('cadvisor in the case of %s ships as reviewed', async (name, { yaml }) => {
  await expect(yaml).toMatchFileSnapshot(`./snapshots/cadvisor-${name}.yaml`);
});

describe.each(cases)('cadvisor in the case of %s', (_, synthesis) => {
  const { metadata, spec } = daemonSetOf(synthesis);
  const pod = spec.template.spec;
  const [container] = pod.containers;

  test('is root without a privilege or a capability, and says why', () => {
    expect(container.securityContext).toMatchObject({
      runAsUser: 0,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.securityContext).not.toHaveProperty('privileged');
    expect(container.securityContext.capabilities).not.toHaveProperty('add');
    expect(metadata.annotations['crowsnest/exception-root']).toMatch(/\w/);
  });

  test('is on the pod network, and sees the host only through read-only mounts', () => {
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC'])
      expect(pod).not.toHaveProperty(field);
    const hosts = pod.volumes.filter(({ hostPath }: Spoilt) => hostPath);
    expect(container.volumeMounts).toHaveLength(hosts.length);
    for (const mount of container.volumeMounts) expect(mount.readOnly).toBe(true);
  });

  test('has a reason for each path of the host, and names the socket as what it is', () => {
    for (const { name, hostPath } of pod.volumes) {
      const reason = metadata.annotations[`crowsnest/exception-host-path-${name}`];
      expect(reason.startsWith(`${hostPath.path}: `)).toBe(true);
    }
    expect(metadata.annotations['crowsnest/exception-host-path-runtime']).toContain(
      'controls every container of the node',
    );
  });

  test('keeps three labels of a container alone, in a list without a space', () => {
    expect(container.args).toContain('--store_container_labels=false');
    expect(container.args).toContain(
      '--whitelisted_container_labels=io.kubernetes.pod.namespace,io.kubernetes.pod.name,io.kubernetes.container.name',
    );
  });

  test('has no token, no role and no connection of its own', () => {
    expect(synthesis.objects.map(({ kind }) => kind)).toEqual(['ServiceAccount', 'DaemonSet']);
  });
});

describe('the runtime', () => {
  const podOf = (options: CadvisorOptions) =>
    daemonSetOf(synthesize(cadvisor(options))).spec.template.spec;

  test.each([
    ['containerd', containerd, '--containerd=/run/containerd/containerd.sock', '/run/containerd'],
    [
      'containerd of k3s',
      all,
      '--containerd=/run/k3s/containerd/containerd.sock',
      '/run/k3s/containerd',
    ],
    ['docker', docker, '--docker=unix:///var/run/docker.sock', '/var/run'],
  ] as const)(
    'of %s is asked at its socket, of which the folder is mounted',
    (_, options, argument, folder) => {
      const pod = podOf(options);
      expect(pod.containers[0].args).toContain(argument);
      expect(pod.volumes).toContainEqual({ name: 'runtime', hostPath: { path: folder } });
      expect(pod.containers[0].volumeMounts).toContainEqual(
        expect.objectContaining({ name: 'runtime', mountPath: folder }),
      );
    },
  );

  test('of containerd is asked for the containers of Kubernetes alone', () => {
    expect(podOf(containerd).containers[0].args).toContain('--containerd-namespace=k8s.io');
  });
});

describe('what is known of containers', () => {
  const jobsOf = (containerMetrics: 'kubelet' | 'cadvisor') => {
    const shipped = shippedBy(build({ ...minimal, containerMetrics }));
    const config = shipped.object('ConfigMap', 'crowsnest-prometheus-config', 'crowsnest');
    return {
      ...shipped,
      jobs: [...config.data['prometheus.yml'].matchAll(/job_name: (\S+)/g)].map(([, name]) => name),
    };
  };
  const [kubelet, own] = [jobsOf('kubelet'), jobsOf('cadvisor')];
  const agents = ({ objects }: typeof own) =>
    objects.flatMap(({ kind, metadata }) => (kind === 'DaemonSet' ? metadata.name : []));

  test.each([
    ['the kubelet', kubelet],
    ['cAdvisor', own],
  ])('is told by %s in one job of the same name', (_, { jobs }) => {
    expect(jobs.filter((name) => /cadvisor/.test(name!))).toEqual(['cadvisor']);
  });

  test('is told by the one of them that is chosen, and never by both', () => {
    expect(kubelet.scrapeJob('cadvisor').metrics_path).toBe('/metrics/cadvisor');
    expect(own.scrapeJob('cadvisor').metrics_path).toBe('/metrics');
    expect(own.scrapeJob('cadvisor')).toMatchObject({
      kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: ['crowsnest-agents'] } }],
    });
    expect(agents(kubelet)).toEqual(['crowsnest-node-exporter']);
    expect(agents(own)).toEqual(['crowsnest-node-exporter', 'crowsnest-cadvisor']);
  });

  /** The labels that a job writes to its targets or samples. */
  const written = (job: Spoilt): string[] =>
    [...(job.relabel_configs ?? []), ...(job.metric_relabel_configs ?? [])].flatMap(
      ({ target_label }) => (target_label && target_label !== '__address__' ? target_label : []),
    );

  test('bears the kubelet’s labels: the node of its target, and those of the sample', () => {
    expect(written(kubelet.scrapeJob('cadvisor'))).toEqual(['node']);
    expect(written(own.scrapeJob('cadvisor'))).toEqual(['node', 'namespace', 'pod', 'container']);
  });

  test('is renamed from the labels as cAdvisor writes them, which then go', () => {
    const labels = {
      container_label_io_kubernetes_pod_namespace: 'shop',
      container_label_io_kubernetes_pod_name: 'cart-0',
      container_label_io_kubernetes_container_name: 'web',
      id: '/kubepods/x',
    };
    const steps: Spoilt[] = (own.scrapeJob('cadvisor') as Spoilt).metric_relabel_configs;
    // The first says which series are stored at all.
    expect(relabelled(labels, steps.slice(1))).toEqual({
      namespace: 'shop',
      pod: 'cart-0',
      container: 'web',
      id: '/kubepods/x',
    });
  });

  /** What Prometheus makes of the labels of a sample, as far as these steps go. */
  const relabelled = (labels: Record<string, string>, steps: Spoilt[]): Record<string, string> => {
    const result = { ...labels };
    for (const { action, regex, source_labels, target_label } of steps) {
      if (action === 'labeldrop') {
        const gone = Object.keys(result).filter((name) => new RegExp(`^(?:${regex})$`).test(name));
        for (const name of gone) delete result[name];
      } else {
        result[target_label] = source_labels.map((name: string) => result[name] ?? '').join(';');
      }
    }
    return result;
  };

  test('has times that are not believed, either way', () => {
    for (const { scrapeJob } of [kubelet, own]) {
      expect(scrapeJob('cadvisor').honor_timestamps).toBe(false);
    }
  });
});

test('it has a policy of its own, through which it is scraped', () => {
  const { policy } = shippedBy(build({ ...minimal, containerMetrics: 'cadvisor' }));
  expect(policy('crowsnest-cadvisor', 'crowsnest-agents')).toEqual({
    ingress: ['TCP 8080 from crowsnest/prometheus'],
    egress: [],
  });
});
