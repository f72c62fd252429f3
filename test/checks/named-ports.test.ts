import { expect, test } from 'vitest';
import reachability from '../../src/checks/network/reachability.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { build, minimal } from '../environment.js';
import { changed } from './input.js';

const policy = 'NetworkPolicy crowsnest/crowsnest-grafana';

/** The findings after the number of a port in a policy is its name. */
const found = (options: Partial<EnvironmentOptions> = {}) =>
  reachability
    .run(
      changed(build({ ...minimal, ...options } as EnvironmentOptions), policy, ({ spec }) => {
        for (const { ports } of spec.ingress) for (const one of ports) one.port = 'web';
      }),
    )
    .filter(({ fault }) => fault === 'named-port')
    .map(({ severity, place }) => [severity, place.path]);

const { cluster } = minimal;
const path = 'spec.ingress[0].ports[0].port';

test('the name of a port in a policy is a warning, because not every network plugin knows it', () => {
  expect(found()[0]).toEqual(['warning', path]);
});

test('it is rejected on OpenShift, whose plugin does not', () => {
  const openshift = {
    cluster: {
      ...cluster,
      platform: 'openshift',
      storageClass: { name: 'fast', expandable: true },
    },
    nodeExporter: { port: 9110 },
  } as Partial<EnvironmentOptions>;
  expect(found(openshift)[0]).toEqual(['error', path]);
});

test('it is accepted with Cilium', () => {
  expect(found({ cluster: { ...cluster, networkPlugin: 'cilium' } })).toEqual([]);
});
