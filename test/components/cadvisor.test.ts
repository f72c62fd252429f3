import { describe, expect, test } from 'vitest';
import { type CadvisorOptions, cadvisor } from '../../src/components/cadvisor/cadvisor.js';
import { sizings } from '../../src/environment/sizing.js';
import { full } from '../checks/full.js';
import type { Mutable } from '../checks/input.js';
import type { Whole } from '../checks/whole.js';
import { build, minimal } from '../environment.js';
import { shippedBy } from '../model/vocabulary/shipped.js';
import { differences } from './review.js';
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

const daemonSetOf = ({ objects }: Synthesis): Mutable =>
  objects.find(({ kind }) => kind === 'DaemonSet')!;

const cases: [string, Synthesis][] = [
  ['containerd', synthesize(cadvisor(containerd))],
  ['docker', synthesize(cadvisor(docker))],
  ['all', synthesize(cadvisor(all), full)],
];

test.each([
  ['default', synthesize(cadvisor(containerd))],
  ['all', synthesize(cadvisor(all), full)],
])('the manifests of cadvisor match the snapshot: %s', async (name, { review }) => {
  await expect(review).toMatchFileSnapshot(`./snapshots/cadvisor-${name}.yaml`);
});

test('cadvisor for Docker differs only by the runtime', () => {
  const [one, other] = [containerd, docker].map((options) => synthesize(cadvisor(options)).objects);
  expect(differences(one!, other!)).toMatchInlineSnapshot(`
    "DaemonSet crowsnest-agents/crowsnest-cadvisor
      - metadata annotations crowsnest/exception-host-path-runtime: "/run/containerd: contains the socket of the container runtime: it gives control over every container of the node"
      + metadata annotations crowsnest/exception-host-path-runtime: "/var/run: contains the socket of the container runtime: it gives control over every container of the node"
      + metadata annotations crowsnest/exception-host-path-docker: "/var/lib/docker: reads the layers of containers"
      - spec template spec containers cadvisor args --containerd=/run/containerd/containerd.sock
      - spec template spec containers cadvisor args --containerd-namespace=k8s.io
      + spec template spec containers cadvisor args --docker=unix:///var/run/docker.sock
      - spec template spec containers cadvisor volumeMounts /run/containerd
      + spec template spec containers cadvisor volumeMounts /var/lib/docker: { mountPath: /var/lib/docker, mountPropagation: HostToContainer, name: docker, readOnly: true }
      + spec template spec containers cadvisor volumeMounts /var/run: { mountPath: /var/run, mountPropagation: HostToContainer, name: runtime, readOnly: true }
      - spec template spec volumes runtime hostPath path: /run/containerd
      + spec template spec volumes runtime hostPath path: /var/run
      + spec template spec volumes docker: { hostPath: { path: /var/lib/docker, type: Directory }, name: docker }"
  `);
});

describe.each(cases)('cadvisor with the options: %s', (_, synthesis) => {
  const { metadata, spec } = daemonSetOf(synthesis);
  const pod = spec.template.spec;
  const [container] = pod.containers;

  test('runs as root without privileges and capabilities, with a reason', () => {
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
    const hosts = pod.volumes.filter(({ hostPath }: Mutable) => hostPath);
    expect(container.volumeMounts).toHaveLength(hosts.length);
    for (const mount of container.volumeMounts) expect(mount.readOnly).toBe(true);
  });

  test('has a reason for each path of the host, and states what the socket allows', () => {
    for (const { name, hostPath } of pod.volumes) {
      const reason = metadata.annotations[`crowsnest/exception-host-path-${name}`];
      expect(reason.startsWith(`${hostPath.path}: `)).toBe(true);
    }
    expect(metadata.annotations['crowsnest/exception-host-path-runtime']).toContain(
      'gives control over every container of the node',
    );
  });

  test('keeps only three labels of a container, in a list without spaces', () => {
    expect(container.args).toContain('--store_container_labels=false');
    expect(container.args).toContain(
      '--whitelisted_container_labels=io.kubernetes.pod.namespace,io.kubernetes.pod.name,io.kubernetes.container.name',
    );
  });

  test('has no token, no role and no outgoing connection', () => {
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
    '%s is reached through its socket, whose folder is mounted',
    (_, options, argument, folder) => {
      const pod = podOf(options);
      expect(pod.containers[0].args).toContain(argument);
      expect(pod.volumes).toContainEqual({
        name: 'runtime',
        hostPath: { path: folder, type: 'Directory' },
      });
      expect(pod.containers[0].volumeMounts).toContainEqual(
        expect.objectContaining({ name: 'runtime', mountPath: folder }),
      );
    },
  );

  test('containerd is queried only for the containers of Kubernetes', () => {
    expect(podOf(containerd).containers[0].args).toContain('--containerd-namespace=k8s.io');
  });
});

describe('the metrics of containers', () => {
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
  ])('come from %s in one job with the same name', (_, { jobs }) => {
    expect(jobs.filter((name) => /cadvisor/.test(name!))).toEqual(['cadvisor']);
  });

  test('come only from the chosen one, and never from both', () => {
    expect(kubelet.scrapeJob('cadvisor').metrics_path).toBe('/metrics/cadvisor');
    expect(own.scrapeJob('cadvisor').metrics_path).toBe('/metrics');
    expect(own.scrapeJob('cadvisor')).toMatchObject({
      kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: ['crowsnest-agents'] } }],
    });
    expect(agents(kubelet)).toEqual(['crowsnest-node-exporter']);
    expect(agents(own)).toEqual(['crowsnest-node-exporter', 'crowsnest-cadvisor']);
  });

  /** The labels that a job adds to its targets or samples. */
  const written = (job: Mutable): string[] =>
    [...(job.relabel_configs ?? []), ...(job.metric_relabel_configs ?? [])].flatMap(
      ({ target_label }) => (target_label && target_label !== '__address__' ? target_label : []),
    );

  test('have the labels of the kubelet: the node of the target, and those of the sample', () => {
    expect(written(kubelet.scrapeJob('cadvisor'))).toEqual(['node']);
    expect(written(own.scrapeJob('cadvisor'))).toEqual(['node', 'namespace', 'pod', 'container']);
  });

  test('are renamed from the labels of cAdvisor, which are then removed', () => {
    const labels = {
      container_label_io_kubernetes_pod_namespace: 'shop',
      container_label_io_kubernetes_pod_name: 'cart-0',
      container_label_io_kubernetes_container_name: 'web',
      id: '/kubepods/x',
    };
    const steps: Mutable[] = (own.scrapeJob('cadvisor') as Mutable).metric_relabel_configs;
    // The first step selects the stored series.
    expect(relabelled(labels, steps.slice(1))).toEqual({
      namespace: 'shop',
      pod: 'cart-0',
      container: 'web',
      id: '/kubepods/x',
    });
  });

  /** The labels of a sample after these relabelling steps. */
  const relabelled = (labels: Record<string, string>, steps: Mutable[]): Record<string, string> => {
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

  test('have timestamps that are ignored in both cases', () => {
    for (const { scrapeJob } of [kubelet, own]) {
      expect(scrapeJob('cadvisor').honor_timestamps).toBe(false);
    }
  });
});

test('it has its own policy, which allows scraping', () => {
  const { policy } = shippedBy(build({ ...minimal, containerMetrics: 'cadvisor' }));
  expect(policy('crowsnest-cadvisor', 'crowsnest-agents')).toEqual({
    ingress: ['TCP 8080 from crowsnest/prometheus'],
    egress: [],
  });
});
