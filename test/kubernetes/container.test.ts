import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { ContainerOptions } from '../../src/kubernetes/container.js';
import { workload } from '../../src/kubernetes/workload.js';
import { probesOf } from '../../src/model/probe.js';
import type { WorkloadWiring } from '../../src/model/wiring.js';
import { drawn, only } from './chart.js';
import { resources, wiringOf } from './setting.js';

/** The pod of a Deployment with one container. */
const podOf = (options: Partial<ContainerOptions> = {}, wiring: Partial<WorkloadWiring> = {}) => {
  const objects = drawn((scope) =>
    workload(scope, wiringOf({ cart: wiring }), 'cart', {
      kind: 'Deployment',
      replicas: 1,
      containers: [{ name: 'cart', image: 'cart', resources, ...options }],
    }),
  );
  return only(objects, 'Deployment').spec.template.spec;
};

test('a container runs as nobody, with a read-only root, without capabilities and CPU limit', () => {
  expect(stringify(podOf().containers)).toMatchInlineSnapshot(`
    "- image: registry.example.com/cart:1.0.0
      imagePullPolicy: IfNotPresent
      name: cart
      resources:
        limits:
          memory: 64Mi
        requests:
          cpu: 10m
          memory: 32Mi
      securityContext:
        allowPrivilegeEscalation: false
        capabilities:
          drop:
            - ALL
        readOnlyRootFilesystem: true
        runAsGroup: 65533
        runAsNonRoot: true
        runAsUser: 65532
        seccompProfile:
          type: RuntimeDefault
    "
  `);
});

test('its pod must not run as root either, and gives its containers no token', () => {
  const { containers, ...pod } = podOf();
  expect(stringify(pod)).toMatchInlineSnapshot(`
    "automountServiceAccountToken: false
    enableServiceLinks: false
    nodeSelector:
      kubernetes.io/os: linux
    securityContext:
      fsGroup: 65533
      fsGroupChangePolicy: OnRootMismatch
      runAsNonRoot: true
      seccompProfile:
        type: RuntimeDefault
    serviceAccountName: nest-cart
    "
  `);
});

test('an init container has the same restrictions', () => {
  const one = { name: 'cart', image: 'cart', resources };
  const objects = drawn((scope) =>
    workload(scope, wiringOf({ cart: {} }), 'cart', {
      kind: 'Deployment',
      replicas: 1,
      containers: [one],
      initContainers: [one],
    }),
  );
  const { initContainers, containers } = only(objects, 'Deployment').spec.template.spec;
  expect(initContainers).toEqual(containers);
});

test("a user's image runs as its own user", () => {
  const image = { reference: 'registry.example.com/own:2', user: 1001, group: 1002 };
  const { containers, securityContext } = podOf({ image });
  expect(containers[0]).toMatchObject({
    image: 'registry.example.com/own:2',
    securityContext: { runAsUser: 1001, runAsGroup: 1002 },
  });
  expect(securityContext.fsGroup).toBe(1002);
});

describe('the command', () => {
  test('is the entrypoint of the image by default', () => {
    expect(podOf().containers[0]).not.toHaveProperty('command');
    expect(podOf({ command: ['/bin/cart'], args: ['--verbose'] }).containers[0]).toMatchObject({
      command: ['/bin/cart'],
      args: ['--verbose'],
    });
  });

  test('can use variables with values and with fields of the pod', () => {
    const { env } = podOf({ env: { MODE: 'fast' }, podFields: { IP: 'status.podIP' } })
      .containers[0];
    expect(env).toEqual([
      { name: 'MODE', value: 'fast' },
      { name: 'IP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } },
    ]);
  });
});

describe('the endpoints of a container', () => {
  const web = { port: 8080, offers: [] };
  const udp = { port: 8080, protocol: 'UDP', offers: [] } as const;
  const wiring: Partial<WorkloadWiring> = {
    endpoints: { web, udp },
    probes: {
      web: probesOf(
        { ...web, scheme: 'https' },
        { capability: 'health', live: '/live', ready: '/ready', startSeconds: 60 },
      ),
    },
  };

  test('are its ports, with their names', () => {
    expect(podOf({ endpoints: ['web', 'udp'] }, wiring).containers[0].ports).toEqual([
      { name: 'web', containerPort: 8080, protocol: 'TCP' },
      { name: 'udp', containerPort: 8080, protocol: 'UDP' },
    ]);
  });

  test('have probes if one of them offers health', () => {
    const { livenessProbe, readinessProbe, startupProbe } = podOf(
      { endpoints: ['udp', 'web'] },
      wiring,
    ).containers[0];
    expect(stringify({ livenessProbe, readinessProbe, startupProbe })).toMatchInlineSnapshot(`
      "livenessProbe:
        failureThreshold: 6
        httpGet:
          path: /live
          port: 8080
          scheme: HTTPS
        periodSeconds: 10
        timeoutSeconds: 5
      readinessProbe:
        failureThreshold: 6
        httpGet:
          path: /ready
          port: 8080
          scheme: HTTPS
        periodSeconds: 5
        timeoutSeconds: 5
      startupProbe:
        failureThreshold: 12
        httpGet:
          path: /live
          port: 8080
          scheme: HTTPS
        periodSeconds: 5
        timeoutSeconds: 5
      "
    `);
  });

  test('do not include those of other containers', () => {
    const [container] = podOf({ endpoints: ['udp'] }, wiring).containers;
    expect(container.ports).toHaveLength(1);
    expect(container).not.toHaveProperty('livenessProbe');
  });

  test('can have other probes, for example on loopback with the host network', () => {
    const probes = probesOf({ port: 9100, offers: [] }, { capability: 'health', live: '/' }, '::1');
    const { livenessProbe } = podOf({ endpoints: ['web'], probes }, wiring).containers[0];
    expect(livenessProbe.httpGet).toEqual({ path: '/', port: 9100, scheme: 'HTTP', host: '::1' });
  });

  test('must be endpoints of its workload', () => {
    expect(() => podOf({ endpoints: ['wbe'] }, wiring)).toThrow(
      "Container 'cart' listens on the unknown endpoint 'wbe'.",
    );
  });
});

describe('GOMEMLIMIT', () => {
  const limitOf = (memoryLimit: string, goMemoryLimit?: boolean) =>
    podOf({ resources: { ...resources, memoryLimit }, goMemoryLimit }).containers[0].env;

  test.each([
    ['128Mi', '115MiB'],
    ['4Gi', '3686MiB'],
    ['1G', '858MiB'],
  ])('is 90 % of the memory limit: %s', (memoryLimit, value) => {
    expect(limitOf(memoryLimit, true)).toEqual([{ name: 'GOMEMLIMIT', value }]);
  });

  test('is set only for containers that request it', () => {
    expect(limitOf('4Gi')).toBeUndefined();
  });
});
