import type { Cluster } from './cluster.js';

interface Made {
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly status?: Record<string, unknown>;
}

const conditions = (types: readonly string[]) =>
  types.map((type) => ({
    type,
    status: 'True',
    lastTransitionTime: '2026-01-01T00:00:00Z',
    lastUpdateTime: '2026-01-01T00:00:00Z',
    reason: 'Made',
    message: '',
  }));
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const namespaceOf = (index: number): string => `team-${index % 15}`;

/**
 * Objects of a cluster with the given number of nodes and pods, with the status that a kubelet and
 * controllers report.
 */
const objectsOf = (nodes: number, pods: number): Made[][] => {
  const meta = (name: string, index: number) => ({ name, namespace: namespaceOf(index) });
  const at = (group: string, resource: string, index: number): string =>
    `/${group}/namespaces/${namespaceOf(index)}/${resource}`;
  const template = (name: string) => ({
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: 'main', image: 'example.com/image' }] },
  });
  const selector = (name: string) => ({ matchLabels: { app: name } });
  const size = { cpu: '4', memory: '8Gi', pods: '110' };
  const share = (part: number): number => Math.round(pods * part);
  return [
    [
      ...times(15, (index) => ({
        path: '/api/v1/namespaces',
        body: { metadata: { name: namespaceOf(index) } },
      })),
      ...times(nodes, (index) => ({
        path: '/api/v1/nodes',
        body: { metadata: { name: `node-${index}` } },
        status: {
          capacity: size,
          allocatable: size,
          conditions: conditions(['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure']).map(
            ({ lastUpdateTime: _, ...one }) => one,
          ),
        },
      })),
    ],
    times(15, (index) => ({
      path: at('api/v1', 'serviceaccounts', index),
      body: { metadata: meta('default', index) },
    })),
    [
      ...times(pods, (index) => {
        const containers = index % 3 === 0 ? ['main', 'side'] : ['main'];
        return {
          path: at('api/v1', 'pods', index),
          body: {
            metadata: meta(`pod-${index}`, index),
            spec: {
              nodeName: `node-${index % nodes}`,
              containers: containers.map((name) => ({
                name,
                image: 'example.com/image',
                resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' } },
              })),
              volumes:
                index % 15 === 0
                  ? [{ name: 'data', persistentVolumeClaim: { claimName: `claim-${index / 15}` } }]
                  : [],
            },
          },
          status: {
            phase: 'Running',
            conditions: conditions(['Ready']).map(({ lastUpdateTime: _, ...one }) => one),
            containerStatuses: containers.map((name) => ({
              name,
              image: 'example.com/image',
              imageID: 'x',
              ready: true,
              restartCount: 0,
              state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
            })),
          },
        };
      }),
      ...times(share(1 / 5), (index) => ({
        path: at('apis/apps/v1', 'deployments', index),
        body: {
          metadata: meta(`deployment-${index}`, index),
          spec: { replicas: 3, selector: selector(`d${index}`), template: template(`d${index}`) },
        },
        status: { replicas: 3, conditions: conditions(['Available', 'Progressing']) },
      })),
      ...times(share(1 / 30), (index) => ({
        path: at('apis/apps/v1', 'statefulsets', index),
        body: {
          metadata: meta(`stateful-${index}`, index),
          spec: {
            serviceName: 'none',
            selector: selector(`s${index}`),
            template: template(`s${index}`),
          },
        },
        status: { replicas: 1, currentRevision: 'a', updateRevision: 'a' },
      })),
      ...times(share(1 / 50), (index) => ({
        path: at('apis/apps/v1', 'daemonsets', index),
        body: {
          metadata: meta(`daemon-${index}`, index),
          spec: { selector: selector(`e${index}`), template: template(`e${index}`) },
        },
      })),
      ...times(share(1 / 50), (index) => ({
        path: at('apis/batch/v1', 'cronjobs', index),
        body: {
          metadata: meta(`cron-${index}`, index),
          spec: {
            schedule: '0 * * * *',
            jobTemplate: {
              spec: {
                template: {
                  spec: {
                    restartPolicy: 'Never',
                    containers: [{ name: 'main', image: 'example.com/image' }],
                  },
                },
              },
            },
          },
        },
      })),
      ...times(share(1 / 50), (index) => ({
        path: at('apis/batch/v1', 'jobs', index),
        body: {
          metadata: meta(`job-${index}`, index),
          spec: {
            template: {
              spec: {
                restartPolicy: 'Never',
                containers: [{ name: 'main', image: 'example.com/image' }],
              },
            },
          },
        },
      })),
      ...times(share(1 / 30), (index) => ({
        path: at('apis/autoscaling/v2', 'horizontalpodautoscalers', index),
        body: {
          metadata: meta(`scaler-${index}`, index),
          spec: {
            maxReplicas: 5,
            scaleTargetRef: {
              apiVersion: 'apps/v1',
              kind: 'Deployment',
              name: `deployment-${index}`,
            },
          },
        },
        status: {
          currentReplicas: 1,
          desiredReplicas: 1,
          conditions: conditions(['AbleToScale', 'ScalingActive', 'ScalingLimited']).map(
            ({ lastUpdateTime: _, ...one }) => one,
          ),
        },
      })),
      ...times(share(1 / 15), (index) => ({
        path: at('apis/policy/v1', 'poddisruptionbudgets', index),
        body: {
          metadata: meta(`budget-${index}`, index),
          spec: { minAvailable: 1, selector: selector(`d${index}`) },
        },
      })),
      ...times(share(1 / 15), (index) => ({
        path: at('api/v1', 'persistentvolumeclaims', index * 15),
        body: {
          metadata: meta(`claim-${index}`, index * 15),
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      })),
      ...times(share(1 / 15), (index) => ({
        path: '/api/v1/persistentvolumes',
        body: {
          metadata: { name: `volume-${index}` },
          spec: {
            accessModes: ['ReadWriteOnce'],
            capacity: { storage: '1Gi' },
            hostPath: { path: '/x' },
          },
        },
      })),
      ...times(share(1 / 20), (index) => ({
        path: at('api/v1', 'resourcequotas', index),
        body: {
          metadata: meta('quota', index),
          spec: { hard: { 'requests.cpu': '100', 'requests.memory': '100Gi' } },
        },
        status: {
          hard: { 'requests.cpu': '100', 'requests.memory': '100Gi' },
          used: { 'requests.cpu': '1', 'requests.memory': '1Gi' },
        },
      })),
    ],
  ];
};

/** Adds nodes, pods and other usual objects to a cluster. */
export const fill = async (cluster: Cluster, nodes: number, pods: number): Promise<void> => {
  const make = async ({ path, body, status }: Made): Promise<void> => {
    const created = await cluster.request({ method: 'POST', path, body });
    const { name } = body.metadata as { name: string };
    const reported = status && {
      ...(await cluster.request({
        method: 'PATCH',
        path: `${path}/${name}/status`,
        body: { status },
      })),
    };
    for (const one of [created, reported]) {
      if (one && one.status >= 300 && one.status !== 409) {
        throw new Error(`${path}/${name}: ${one.status} ${one.body.message}`);
      }
    }
  };
  for (const stage of objectsOf(nodes, pods)) {
    const rest = [...stage];
    const work = async (): Promise<void> => {
      for (let one = rest.shift(); one; one = rest.shift()) await make(one);
    };
    await Promise.all(times(8, work));
  }
};
