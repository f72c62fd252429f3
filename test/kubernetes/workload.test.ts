import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { ContainerOptions } from '../../src/kubernetes/container.js';
import { type WorkloadOptions, workload } from '../../src/kubernetes/workload.js';
import { health, offer } from '../../src/model/offer.js';
import type { Setting, WorkloadWiring } from '../../src/model/wiring.js';
import { drawn, only } from './chart.js';
import { resources, wiringOf } from './setting.js';

const one: ContainerOptions = { name: 'cart', image: 'cart', resources };
const stateful = {
  kind: 'StatefulSet',
  replicas: 2,
  volume: '10Gi',
  volumePath: '/data',
  containers: [one],
} as const satisfies WorkloadOptions;
const stateless = { kind: 'Deployment', replicas: 2, containers: [one] } as const;

const draw = (
  options: WorkloadOptions,
  wiring: Partial<WorkloadWiring> = {},
  setting: Partial<Setting> = {},
) => drawn((scope) => workload(scope, wiringOf({ cart: wiring }, setting), 'cart', options));

describe('claims', () => {
  const claims = (options: WorkloadOptions, setting?: Partial<Setting>) =>
    draw(options, {}, setting).filter(({ kind }) => kind === 'PersistentVolumeClaim');

  test('are separate objects that are never pruned', () => {
    expect(stringify(claims(stateful)[0])).toMatchInlineSnapshot(`
      "apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        annotations:
          argocd.argoproj.io/sync-options: Prune=false,Delete=false
          kustomize.toolkit.fluxcd.io/prune: disabled
        labels:
          app.kubernetes.io/component: cart
          app.kubernetes.io/instance: nest
          app.kubernetes.io/managed-by: crowsnest
          app.kubernetes.io/name: cart
          app.kubernetes.io/part-of: crowsnest
        name: data-nest-cart-0
        namespace: watch
      spec:
        accessModes:
          - ReadWriteOnce
        resources:
          requests:
            storage: 10Gi
        storageClassName: fast
      "
    `);
  });

  test('have the names that the StatefulSet uses, one for each replica', () => {
    const { metadata, spec } = only(draw(stateful), 'StatefulSet');
    const [template] = spec.volumeClaimTemplates;
    expect(claims(stateful).map((claim) => claim.metadata.name)).toEqual(
      [0, 1].map((ordinal) => `${template.metadata.name}-${metadata.name}-${ordinal}`),
    );
  });

  test('grow without a change of the StatefulSet, whose template is immutable', () => {
    const grown = { ...stateful, volume: '20Gi' };
    expect(claims(grown)[0]?.spec.resources.requests.storage).toBe('20Gi');
    const { spec } = only(draw(grown), 'StatefulSet');
    expect(spec).toEqual(only(draw(stateful), 'StatefulSet').spec);
    expect(spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('1Gi');
  });

  test('can have a larger template in a new environment', () => {
    const { spec } = only(draw({ ...stateful, claimTemplate: '10Gi' }), 'StatefulSet');
    expect(spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('10Gi');
  });

  test('have no class if none is known, so that the cluster chooses one', () => {
    const [claim] = claims(stateful, { storageClass: undefined });
    expect(claim?.spec).not.toHaveProperty('storageClassName');
  });

  test('are mounted only by the first container and the first init container', () => {
    const containers = [one, { ...one, name: 'sidecar' }];
    const pod = only(draw({ ...stateful, containers, initContainers: containers }), 'StatefulSet')
      .spec.template.spec;
    for (const list of [pod.containers, pod.initContainers]) {
      expect(list.map((container: { volumeMounts?: object[] }) => container.volumeMounts)).toEqual([
        [{ name: 'data', mountPath: '/data' }],
        undefined,
      ]);
    }
    expect(pod).not.toHaveProperty('volumes');
  });

  test('are kept if the StatefulSet or its replicas are removed', () => {
    expect(only(draw(stateful), 'StatefulSet').spec.persistentVolumeClaimRetentionPolicy).toEqual({
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
    });
  });

  test('do not exist for a Deployment', () => {
    expect(claims(stateless)).toEqual([]);
  });
});

describe('a change of a file that is read only at the start', () => {
  const annotationsOf = (restartOn?: unknown) =>
    only(draw({ ...stateless, restartOn }), 'Deployment').spec.template.metadata.annotations;

  test('restarts the pods', () => {
    const [before, after] = [annotationsOf({ a: '1' }), annotationsOf({ a: '2' })];
    expect(Object.keys(before)).toEqual(['crowsnest/restart-on']);
    expect(after['crowsnest/restart-on']).not.toBe(before['crowsnest/restart-on']);
  });

  test('is detected only if the content changes', () => {
    expect(annotationsOf({ a: '1' })).toEqual(annotationsOf({ a: '1' }));
  });

  test('does not restart pods that reload the file', () => {
    expect(annotationsOf()).toBeUndefined();
  });
});

describe('the Service', () => {
  const endpoints = {
    web: { port: 8080, offers: [] },
    udp: { port: 8080, protocol: 'UDP', offers: [] },
  } as const;

  test('has a port for each endpoint, and selects the pods', () => {
    const objects = draw(stateful, { endpoints });
    const { spec } = only(objects, 'Service');
    expect(stringify(spec)).toMatchInlineSnapshot(`
      "ports:
        - appProtocol: http
          name: web
          port: 8080
          protocol: TCP
          targetPort: web
        - name: udp
          port: 8080
          protocol: UDP
          targetPort: udp
      selector:
        app.kubernetes.io/component: cart
        app.kubernetes.io/instance: nest
        app.kubernetes.io/name: cart
      "
    `);
    expect(spec.selector).toEqual(only(objects, 'StatefulSet').spec.selector.matchLabels);
  });

  test('keeps a client on one replica if the workload requests it', () => {
    const { spec } = only(draw({ ...stateful, sticky: true }, { endpoints }), 'Service');
    expect(spec.sessionAffinity).toBe('ClientIP');
  });

  test('does not exist without endpoints', () => {
    expect(draw({ ...stateless, replicas: 1 }).map(({ kind }) => kind)).toEqual([
      'ServiceAccount',
      'Deployment',
    ]);
  });
});

describe('the Service of peers', () => {
  const endpoints = {
    web: { port: 8080, offers: [] },
    mesh: { port: 9094, protocol: 'UDP', offers: [offer('peers')] },
  } as const;
  const objects = draw({ ...stateful, peers: true }, { endpoints });

  test('gives each replica a name, ready or not, and has only the ports of peers', () => {
    const peers = objects.find(({ metadata }) => metadata.name === 'nest-cart-peers');
    expect(peers?.spec).toMatchInlineSnapshot(`
      {
        "clusterIP": "None",
        "ports": [
          {
            "name": "mesh",
            "port": 9094,
            "protocol": "UDP",
            "targetPort": "mesh",
          },
        ],
        "publishNotReadyAddresses": true,
        "selector": {
          "app.kubernetes.io/component": "cart",
          "app.kubernetes.io/instance": "nest",
          "app.kubernetes.io/name": "cart",
        },
      }
    `);
  });

  test('is the governing Service of the StatefulSet, in addition to the Service for clients', () => {
    expect(only(objects, 'StatefulSet').spec.serviceName).toBe('nest-cart-peers');
    expect(
      objects.flatMap(({ kind, metadata }) => (kind === 'Service' ? metadata.name : [])),
    ).toEqual(['nest-cart', 'nest-cart-peers']);
  });

  test('does not exist unless the replicas need to find each other', () => {
    const alone = draw(stateful, { endpoints });
    expect(only(alone, 'Service').metadata.name).toBe('nest-cart');
    expect(only(alone, 'StatefulSet').spec.serviceName).toBe('nest-cart');
  });
});

describe.each([
  ['StatefulSet', stateful],
  ['Deployment', stateless],
] as const)('the replicas of a %s', (kind, options) => {
  const objects = draw(options);
  const single = draw({ ...options, replicas: 1 });
  const template = only(objects, kind).spec.template;

  test('are evicted one at a time by a drain', () => {
    const { metadata, spec } = only(objects, 'PodDisruptionBudget');
    expect(metadata).toMatchObject({ name: 'nest-cart', namespace: 'watch' });
    expect(spec).toEqual({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: only(objects, kind).spec.selector.matchLabels },
    });
  });

  test('are spread over nodes and zones, if possible', () => {
    expect(template.spec.topologySpreadConstraints).toEqual(
      ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: only(objects, kind).spec.selector.matchLabels },
      })),
    );
  });

  test('may share a node if the cluster has fewer nodes than replicas', () => {
    const { template: few } = only(draw(options, {}, { apartOn: 1 }), kind).spec;
    expect(few.spec.topologySpreadConstraints[0].whenUnsatisfiable).toBe('ScheduleAnyway');
  });

  test('have no budget and no spread if there is only one', () => {
    expect(single.map((object) => object.kind)).not.toContain('PodDisruptionBudget');
    expect(only(single, kind).spec.template.spec).not.toHaveProperty('topologySpreadConstraints');
  });
});

describe('replicas with volumes', () => {
  const [byNode, byZone] = only(draw(stateful, {}, { apartOn: 2 }), 'StatefulSet').spec.template
    .spec.topologySpreadConstraints;

  test('never share a node if the cluster has enough nodes', () => {
    expect(byNode.whenUnsatisfiable).toBe('DoNotSchedule');
  });

  test('do not wait for tainted nodes or for other zones', () => {
    expect(byNode.nodeTaintsPolicy).toBe('Honor');
    expect(byZone.whenUnsatisfiable).toBe('ScheduleAnyway');
  });

  test('are kept apart strictly; those without volumes are not, because an update starts an additional one', () => {
    const { template } = only(draw(stateless, {}, { apartOn: 50 }), 'Deployment').spec;
    expect(template.spec.topologySpreadConstraints[0].whenUnsatisfiable).toBe('ScheduleAnyway');
  });
});

describe('a DaemonSet', () => {
  const reading: ContainerOptions = {
    ...one,
    mounts: [
      {
        name: 'root',
        path: '/host',
        source: { kind: 'host', path: '/', reason: 'reads the sizes of filesystems' },
      },
    ],
  };
  const agent = {
    kind: 'DaemonSet',
    hostAccess: {
      hostNetwork: 'counts packets',
      hostPid: 'reads mounts',
      root: 'reads cgroups',
      openPort: '9100: open',
    },
    containers: [reading],
  } as const satisfies WorkloadOptions;
  const pod = (options: WorkloadOptions, wiring: Partial<WorkloadWiring> = {}) =>
    only(draw(options, wiring, { nodeSelector: { disk: 'ssd' } }), 'DaemonSet').spec.template.spec;

  test('runs on every node, with any taints and labels', () => {
    expect(pod(agent)).toMatchObject({
      tolerations: [{ operator: 'Exists' }],
      nodeSelector: { 'kubernetes.io/os': 'linux' },
    });
    expect(pod(agent).nodeSelector).not.toHaveProperty('disk');
  });

  test('has an annotation with a reason for each exception', () => {
    expect(only(draw(agent), 'DaemonSet').metadata.annotations).toEqual({
      'crowsnest/exception-host-network': 'counts packets',
      'crowsnest/exception-host-pid': 'reads mounts',
      'crowsnest/exception-root': 'reads cgroups',
      'crowsnest/exception-open-port': '9100: open',
      'crowsnest/exception-host-path-root': '/: reads the sizes of filesystems',
    });
  });

  test('sees the processes of its host only with a reason', () => {
    expect(pod(agent).hostPID).toBe(true);
    expect(pod({ kind: 'DaemonSet', containers: [one] })).not.toHaveProperty('hostPID');
  });

  test('can run as root only with a reason', () => {
    expect(pod(agent).securityContext).not.toHaveProperty('runAsNonRoot');
    expect(pod({ kind: 'DaemonSet', containers: [one] }).securityContext.runAsNonRoot).toBe(true);
  });

  test('has no budget and no spread: each node has one pod', () => {
    expect(draw(agent).map(({ kind }) => kind)).not.toContain('PodDisruptionBudget');
    expect(pod(agent)).not.toHaveProperty('topologySpreadConstraints');
  });

  test('resolves the names of the cluster on the host network', () => {
    expect(pod(agent, { hostNetwork: true })).toMatchObject({
      hostNetwork: true,
      dnsPolicy: 'ClusterFirstWithHostNet',
    });
    expect(pod(agent)).not.toHaveProperty('hostNetwork');
  });

  test('mounts the host read-only, and sees later mounts', () => {
    expect(pod(agent).containers[0].volumeMounts).toEqual([
      { name: 'root', mountPath: '/host', readOnly: true, mountPropagation: 'HostToContainer' },
    ]);
    expect(pod(agent).volumes).toEqual([
      { name: 'root', hostPath: { path: '/', type: 'Directory' } },
    ]);
  });

  test('updates a tenth of the nodes at a time', () => {
    expect(only(draw(agent), 'DaemonSet').spec.updateStrategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: '10%' },
    });
  });

  test('has the type of a host path that is not a directory', () => {
    const path = '/run/containerd/containerd.sock';
    const mount = {
      ...{ name: 'runtime', path },
      source: { kind: 'host', path, type: 'Socket', reason: 'asks the runtime' },
    } as const;
    const sets = draw({ ...agent, containers: [{ ...one, mounts: [mount] }] });
    expect(only(sets, 'DaemonSet').spec.template.spec.volumes).toEqual([
      { name: 'runtime', hostPath: { path, type: 'Socket' } },
    ]);
  });

  test('has no Service, even with endpoints', () => {
    const endpoints = { web: { port: 80, offers: [] } };
    expect(draw(agent, { endpoints }).map(({ kind }) => kind)).toEqual([
      'ServiceAccount',
      'DaemonSet',
    ]);
  });
});

describe('the pod options of an environment', () => {
  test('apply to all pods', () => {
    const setting = {
      pullSecrets: ['registry'],
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'dedicated', operator: 'Exists' as const }],
    };
    expect(only(draw(stateless, {}, setting), 'Deployment').spec.template.spec).toMatchObject({
      imagePullSecrets: [{ name: 'registry' }],
      nodeSelector: { 'kubernetes.io/os': 'linux', disk: 'ssd' },
      tolerations: [{ key: 'dedicated', operator: 'Exists' }],
    });
  });

  test.each([
    ['StatefulSet', stateful],
    ['Deployment', stateless],
    ['DaemonSet', { kind: 'DaemonSet', containers: [one] }],
  ] as const)('give the pods of a %s the priority class of their component', (kind, options) => {
    const { template } = only(draw(options, { priorityClass: 'urgent' }), kind).spec;
    expect(template.spec.priorityClassName).toBe('urgent');
  });

  test('can set user namespaces for pods, but not for node agents', () => {
    const usersOf = (options: WorkloadOptions, hostUsers: boolean) =>
      only(draw(options, {}, { hostUsers }), options.kind).spec.template.spec.hostUsers;
    const agent = { kind: 'DaemonSet', containers: [one] } as const;
    expect([stateful, stateless, agent].map((options) => usersOf(options, false))).toEqual([
      false,
      false,
      undefined,
    ]);
    expect(usersOf(stateful, true)).toBeUndefined();
  });

  test('add no empty lists', () => {
    const pod = only(draw(stateless), 'Deployment').spec.template.spec;
    expect(Object.values(pod)).not.toContainEqual([]);
  });
});

test('a clean stop has the declared time', () => {
  const endpoints = {
    web: { port: 80, offers: [health('/', { stopSeconds: 300 })] },
    admin: { port: 81, offers: [health('/', { stopSeconds: 60 }), offer('web')] },
  };
  const graceOf = (wiring: Partial<WorkloadWiring>) =>
    only(draw(stateless, wiring), 'Deployment').spec.template.spec.terminationGracePeriodSeconds;
  expect(graceOf({ endpoints })).toBe(300);
  expect(graceOf({})).toBeUndefined();
});

test('two workloads of one component are in one chart', () => {
  const endpoints = { web: { port: 80, offers: [] } };
  const wiring = wiringOf({ a: { endpoints }, b: { endpoints } });
  const objects = drawn((scope) => {
    workload(scope, wiring, 'a', stateful);
    workload(scope, wiring, 'b', stateless);
  });
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'ServiceAccount nest-a',
    'Service nest-a',
    'PodDisruptionBudget nest-a',
    'PersistentVolumeClaim data-nest-a-0',
    'PersistentVolumeClaim data-nest-a-1',
    'StatefulSet nest-a',
    'ServiceAccount nest-b',
    'Service nest-b',
    'PodDisruptionBudget nest-b',
    'Deployment nest-b',
  ]);
});

test('a workload that the component does not declare is a programming error', () => {
  expect(() => drawn((scope) => workload(scope, wiringOf({}), 'cart', stateless))).toThrow(
    "The component has no workload 'cart'",
  );
});
