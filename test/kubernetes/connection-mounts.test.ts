import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { ContainerOptions } from '../../src/kubernetes/container.js';
import { workload } from '../../src/kubernetes/workload.js';
import type { WorkloadWiring } from '../../src/model/wiring.js';
import { drawn, only } from './chart.js';
import { resources, wiringOf } from './setting.js';

const access: WorkloadWiring['access'] = {
  cluster: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get'] }],
  namespaces: {},
};

const podOf = (wiring: Partial<WorkloadWiring>, ...connecting: (boolean | undefined)[]) => {
  const containers = connecting.map(
    (connects, index): ContainerOptions => ({
      name: `c${index}`,
      image: 'cart',
      resources,
      ...(connects !== undefined && { connects }),
    }),
  );
  const objects = drawn((scope) =>
    workload(scope, wiringOf({ cart: wiring }), 'cart', {
      kind: 'Deployment',
      replicas: 1,
      initContainers: [{ name: 'init', image: 'cart', resources, connects: true }],
      containers,
    }),
  );
  return only(objects, 'Deployment').spec.template.spec;
};

/** The mounts of each container, by name. */
const mountsOf = (pod: ReturnType<typeof podOf>): string[][] =>
  pod.containers.map(({ volumeMounts = [] }: { volumeMounts?: { name: string }[] }) =>
    volumeMounts.map(({ name }) => name),
  );

describe('tokens and Secrets of the connections are mounted into', () => {
  test('no container if no connection needs them', () => {
    const pod = podOf({}, true);
    expect([mountsOf(pod), pod.volumes]).toEqual([[[]], undefined]);
  });

  test('the only container of a pod', () => {
    expect(mountsOf(podOf({ access }, undefined))).toEqual([['api-access']]);
  });

  test('the connecting container, if there are several', () => {
    const all = { access, tokenAudiences: ['gateway'], secrets: ['cart'] };
    expect(mountsOf(podOf(all, undefined, true, false))).toEqual([
      [],
      ['api-access', 'tokens', 'secret-cart'],
      [],
    ]);
  });

  test('no init container', () => {
    expect(podOf({ access }, true).initContainers[0]).not.toHaveProperty('volumeMounts');
  });

  test('no container through the service account', () => {
    expect(podOf({ access }, true).automountServiceAccountToken).toBe(false);
  });
});

describe('the mounted files', () => {
  test('for the API are an expiring token, the certificate authority and the namespace', () => {
    const { volumes, containers } = podOf({ access }, true);
    expect(stringify({ volumes, mounts: containers[0].volumeMounts })).toMatchInlineSnapshot(`
      "volumes:
        - name: api-access
          projected:
            sources:
              - serviceAccountToken:
                  expirationSeconds: 3600
                  path: token
              - configMap:
                  items:
                    - key: ca.crt
                      path: ca.crt
                  name: kube-root-ca.crt
              - downwardAPI:
                  items:
                    - fieldRef:
                        apiVersion: v1
                        fieldPath: metadata.namespace
                      path: namespace
      mounts:
        - mountPath: /var/run/secrets/kubernetes.io/serviceaccount
          name: api-access
          readOnly: true
      "
    `);
  });

  test('for an audience are a token in a file with the name of the audience', () => {
    const { volumes, containers } = podOf({ tokenAudiences: ['a', 'b'] }, true);
    expect(stringify({ volumes, mounts: containers[0].volumeMounts })).toMatchInlineSnapshot(`
      "volumes:
        - name: tokens
          projected:
            sources:
              - serviceAccountToken:
                  audience: a
                  expirationSeconds: 3600
                  path: a
              - serviceAccountToken:
                  audience: b
                  expirationSeconds: 3600
                  path: b
      mounts:
        - mountPath: /var/run/secrets/crowsnest/tokens
          name: tokens
          readOnly: true
      "
    `);
  });

  test('of each Secret are in a separate folder with its name', () => {
    const { volumes, containers } = podOf({ secrets: ['cart', 'till'] }, true);
    expect(volumes).toEqual([
      { name: 'secret-cart', secret: { secretName: 'cart' } },
      { name: 'secret-till', secret: { secretName: 'till' } },
    ]);
    expect(containers[0].volumeMounts).toEqual([
      { name: 'secret-cart', mountPath: '/etc/crowsnest/secrets/cart', readOnly: true },
      { name: 'secret-till', mountPath: '/etc/crowsnest/secrets/till', readOnly: true },
    ]);
  });
});
