import { expect, test } from 'vitest';
import routes from '../../src/checks/alerts/routes.js';
import rules from '../../src/checks/alerts/rules.js';
import volumes from '../../src/checks/capacity/volumes.js';
import endpoints from '../../src/checks/network/endpoints.js';
import reachability from '../../src/checks/network/reachability.js';
import references from '../../src/checks/objects/references.js';
import schema from '../../src/checks/objects/schema.js';
import size from '../../src/checks/objects/size.js';
import jobs from '../../src/checks/queries/jobs.js';
import metrics from '../../src/checks/queries/metrics.js';
import promql from '../../src/checks/queries/promql.js';
import type { Manifest } from '../../src/model/manifest.js';
import { full } from '../checks/full.js';
import { inputOf, type Mutable } from '../checks/input.js';
import { mutated, pathsOf, valueAt } from '../checks/shape.js';
import { build } from '../environment.js';

const stack = build({ ...full, cluster: { ...full.cluster, networkPlugin: 'cilium' } });
const { ingressClass: _class, tlsSecret: _tls, ...host } = full.exposure.grafana;
const behindGateway = build({
  ...full,
  exposure: {
    grafana: { ...host, kind: 'gateway', gateway: { namespace: 'edge', name: 'public' } },
  },
});
const checks = {
  endpoints,
  jobs,
  metrics,
  promql,
  routes,
  rules,
  reachability,
  references,
  size,
  volumes,
};
// Two connections of each kind of end are enough: a check treats all of them in the same way.
const connections = stack.connections.filter((one, index, all) => {
  const ends = ({ consumer, provider }: typeof one) =>
    `${consumer.location.kind} ${provider.location.kind}`;
  return all.slice(0, index).filter((other) => ends(other) === ends(one)).length < 2;
});

/** The first object of each kind, which has every field that a check reads. */
const samples = [
  ...new Map(
    [...behindGateway.manifests, ...stack.manifests].map((manifest) => [
      manifest.object.kind,
      manifest,
    ]),
  ).values(),
];

/**
 * Values of other types: of a list and an object, also such with another content. The tests of the checks have
 * missing values, and texts instead of texts.
 */
const oddOf = (value: unknown): unknown[] =>
  typeof value === 'object' ? [null, [null], { odd: null }] : [null, { odd: null }];

test.each(samples.map((manifest) => [manifest.object.kind, manifest] as const))(
  'no check throws on a %s with values of any type',
  (_, { object, ...rest }: Manifest) => {
    const others = samples.filter((manifest) => manifest.object !== object);
    const thrown: string[] = [];
    for (const path of pathsOf(object).slice(1)) {
      for (const value of oddOf(valueAt(object, path))) {
        const fresh = mutated(object, path, value);
        const input = inputOf(stack, {
          manifests: [...others, { ...rest, object: fresh }],
          published: [fresh],
          connections,
        });
        for (const [name, check] of Object.entries(checks)) {
          try {
            check.run(input);
          } catch (error) {
            thrown.push(`${name}: ${path.join('.')} = ${JSON.stringify(value)}: ${error}`);
          }
        }
      }
    }
    expect(thrown).toEqual([]);
  },
);

test('the check schema reports what no other check can read', () => {
  for (const { object, ...rest } of samples) {
    const fresh = { ...object, spec: null, metadata: null } as Mutable;
    const input = inputOf(stack, { manifests: [{ ...rest, object: fresh }] });
    expect(schema.run(input)).not.toEqual([]);
  }
});
