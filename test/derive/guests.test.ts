import { expect, test } from 'vitest';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { loadChecks } from '../../src/load-checks.js';
import { required } from '../../src/model/consumption.js';
import { metrics } from '../../src/model/offer.js';
import { inputOf, type Mutable, manifestOf } from '../checks/input.js';
import { build, minimal } from '../environment.js';

const { checks } = await loadChecks();

const exporter = {
  name: 'exporter',
  workloads: {
    exporter: { kind: 'pods', namespace: 'crowsnest', labels: { app: 'exporter' } },
  },
  endpoints: { web: { port: 9187, offers: [metrics('/metrics')] } },
  consumes: [required('traces', { variant: 'grpc' })],
} as const;

const at = (namespace: string) => ({
  ...exporter,
  workloads: { exporter: { ...exporter.workloads.exporter, namespace } },
});

const stackWith = (...parties: EnvironmentOptions['parties'] & object) =>
  build({ ...minimal, parties });

test('pods of others in the namespace of the stack get the declared connections, with one warning', () => {
  const relay = { ...exporter, name: 'relay', endpoints: {} };
  const stack = stackWith(exporter, relay);
  expect(stack.findings).toMatchObject([
    {
      code: 'connections/shared-namespace',
      severity: 'warning',
      place: { path: 'parties[0].workloads' },
      message: expect.stringContaining('exporter, relay run in'),
    },
  ]);
  const title = 'NetworkPolicy crowsnest/crowsnest-exporter-exporter';
  const { spec } = manifestOf(stack, title).object as Mutable;
  expect(spec.podSelector).toEqual({ matchLabels: { app: 'exporter' } });
  expect(spec.ingress.map(({ ports }: Mutable) => ports[0].port)).toEqual([9187]);
  expect(spec.egress.map(({ ports }: Mutable) => ports[0].port)).toEqual([4317]);
  const found = checks.flatMap(({ value }) => value.run(inputOf(stack)));
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('pods of others in another namespace get no policy', () => {
  const stack = stackWith(at('shop'));
  expect(stack.findings).toEqual([]);
  expect(() => manifestOf(stack, 'NetworkPolicy shop/crowsnest-exporter-exporter')).toThrow();
});

test('a policy for pods of the stack that nobody declares is still reported', () => {
  const stack = stackWith(exporter);
  const manifests = stack.manifests.map((one) => {
    if (one.object.metadata.name !== 'crowsnest-exporter-exporter') return one;
    const object: Mutable = structuredClone(one.object);
    object.spec.podSelector.matchLabels = { app: 'exporters' };
    return { ...one, object };
  });
  const found = checks.flatMap(({ value }) => value.run(inputOf(stack, { manifests })));
  expect(found.map(({ fault }) => fault)).toContain('no-pods');
});
