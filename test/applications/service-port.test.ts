import { expect, test } from 'vitest';
import type { Document } from '../../src/applications/document.js';
import { objectsIn } from '../../src/applications/object.js';
import { servicePortFaults } from '../../src/applications/service-port.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { health } from '../../src/model/offer.js';
import { build, minimal } from '../environment.js';

const at = { kind: 'pods', namespace: 'mimir', labels: { app: 'mimir' } } as const;

const found = (
  options: Partial<EnvironmentOptions>,
  more: object = {},
  targetPort: unknown = 8080,
) => {
  const objects = [
    {
      kind: 'Service',
      value: {
        spec: { selector: { app: 'mimir' }, ports: [{ port: 80, targetPort }], ...more },
      },
    },
    {
      kind: 'Deployment',
      value: {
        spec: {
          template: {
            metadata: { labels: { app: 'mimir' } },
            spec: { containers: [{ ports: [{ name: 'http', containerPort: 8080 }] }] },
          },
        },
      },
    },
  ].map(
    (one): Document =>
      ({
        ...one,
        metadata: { name: 'mimir', namespace: 'mimir', labels: {}, annotations: {} },
        application: 'mimir',
      }) as unknown as Document,
  );
  const { parties, environment } = build({ ...minimal, ...options });
  return servicePortFaults(parties, objectsIn(objects), environment).map(
    ({ code, place: { path }, remedy }) => [code, path, remedy],
  );
};

const party = (endpoint: object) => ({
  parties: [
    {
      name: 'mimir',
      workloads: { mimir: at },
      endpoints: { web: { host: 'mimir.mimir.svc', offers: [health('/')], ...endpoint } },
      consumes: [],
    },
  ] as unknown as EnvironmentOptions['parties'],
});

const writing = (url: string) => ({ prometheus: { remoteWrite: [{ url, at }] } });

test('a policy with the port of a Service, whose pods have another one, is rejected', () => {
  expect(found(party({ port: 80 }))).toEqual([
    [
      'applications/other-pod-port',
      'parties[0].endpoints.web.port',
      'Set port to 8080, and servicePort to 80.',
    ],
  ]);
  expect(found(party({ port: 80 }), {}, 'http')).toHaveLength(1);
  expect(found(writing('http://mimir.mimir.svc/api/v1/push'))).toEqual([
    [
      'applications/other-pod-port',
      'prometheus.remoteWrite[0]',
      'Set port: 8080 in the place of its pods (at).',
    ],
  ]);
  expect(found(party({ port: 8080, servicePort: 81 }))).toEqual([
    ['applications/no-service-port', 'parties[0].endpoints.web.port', expect.any(String)],
  ]);
});

test('the port of the pods, a headless Service, an unknown one and an unknown port are accepted', () => {
  expect(found(party({ port: 8080, servicePort: 80 }))).toEqual([]);
  expect(found(party({ port: 80 }), {}, 80)).toEqual([]);
  expect(found(party({ port: 80 }), {}, 'unknown')).toEqual([]);
  expect(found(party({ port: 9000 }), { clusterIP: 'None' })).toEqual([]);
  expect(found(party({ port: 80 }), { selector: {} })).toEqual([]);
  expect(found(party({ port: 80, host: 'other.mimir.svc' }))).toEqual([]);
  expect(found(writing('http://mimir-gateway.mimir.svc/api/v1/push'))).toEqual([]);
});
