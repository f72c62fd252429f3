/** What the manifests rely on in an image, read in its Dockerfile at that tag. */
export interface Image {
  readonly repository: string;
  readonly tag: string;
  /** Numeric: the kubelet refuses `runAsNonRoot` for a user by name. */
  readonly user: number;
  readonly group: number;
  readonly entrypoint: string;
  /** Whether an init container can run a script in it. */
  readonly shell: boolean;
  readonly dockerfile: string;
}

/** Every image that the stack runs. */
export const images = {
  prometheus: {
    repository: 'quay.io/prometheus/prometheus',
    tag: 'v3.14.0-distroless',
    user: 65532,
    group: 65532,
    entrypoint: '/bin/prometheus',
    shell: false,
    dockerfile: 'https://github.com/prometheus/prometheus/blob/v3.14.0/Dockerfile.distroless',
  },
  // Not distroless: the init container that makes the credentials is a script in the same image, and
  // a distroless variant is documented from 13.3 on alone.
  grafana: {
    repository: 'docker.io/grafana/grafana',
    tag: '13.2.0',
    user: 472,
    group: 472,
    entrypoint: '/run.sh',
    shell: true,
    dockerfile: 'https://github.com/grafana/grafana/blob/v13.2.0/Dockerfile',
  },
  'node-exporter': {
    repository: 'quay.io/prometheus/node-exporter',
    tag: 'v1.12.1-distroless',
    user: 65532,
    group: 65532,
    entrypoint: '/bin/node_exporter',
    shell: false,
    dockerfile: 'https://github.com/prometheus/node_exporter/blob/v1.12.1/Dockerfile.distroless',
  },
  // No distroless variant of it is published at this version.
  alertmanager: {
    repository: 'quay.io/prometheus/alertmanager',
    tag: 'v0.34.0',
    user: 65534,
    group: 65534,
    entrypoint: '/bin/alertmanager',
    shell: true,
    dockerfile: 'https://github.com/prometheus/alertmanager/blob/v0.34.0/Dockerfile',
  },
  jaeger: {
    repository: 'docker.io/jaegertracing/jaeger',
    tag: '2.20.0',
    user: 10001,
    group: 10001,
    entrypoint: '/cmd/jaeger/jaeger-linux',
    shell: true,
    dockerfile: 'https://github.com/jaegertracing/jaeger/blob/v2.20.0/cmd/jaeger/Dockerfile',
  },
  'kube-state-metrics': {
    repository: 'registry.k8s.io/kube-state-metrics/kube-state-metrics',
    tag: 'v2.20.0',
    user: 65534,
    group: 65534,
    entrypoint: '/kube-state-metrics',
    shell: false,
    dockerfile: 'https://github.com/kubernetes/kube-state-metrics/blob/v2.20.0/Dockerfile',
  },
  // The image names no user, and no distroless variant of it is published at this version.
  'blackbox-exporter': {
    repository: 'quay.io/prometheus/blackbox-exporter',
    tag: 'v0.28.0',
    user: 65534,
    group: 65534,
    entrypoint: '/bin/blackbox_exporter',
    shell: true,
    dockerfile: 'https://github.com/prometheus/blackbox_exporter/blob/v0.28.0/Dockerfile',
  },
  // Root: the one image that must be.
  cadvisor: {
    repository: 'ghcr.io/google/cadvisor',
    tag: 'v0.60.5',
    user: 0,
    group: 0,
    entrypoint: '/usr/bin/entrypoint.sh',
    shell: true,
    dockerfile: 'https://github.com/google/cadvisor/blob/v0.60.5/deploy/Dockerfile',
  },
  'kube-rbac-proxy': {
    repository: 'quay.io/brancz/kube-rbac-proxy',
    tag: 'v0.22.1',
    user: 65532,
    group: 65532,
    entrypoint: '/usr/local/bin/kube-rbac-proxy',
    shell: false,
    dockerfile: 'https://github.com/kube-rbac-proxy/kube-rbac-proxy/blob/v0.22.1/Dockerfile',
  },
} as const satisfies Record<string, Image>;

/** The reference to pull by, through the environment's registry mirror if it has one. */
export const imageReference = ({ repository, tag }: Image, mirror?: string): string => {
  if (mirror === undefined) return `${repository}:${tag}`;
  return `${mirror}/${repository.slice(repository.indexOf('/') + 1)}:${tag}`;
};
