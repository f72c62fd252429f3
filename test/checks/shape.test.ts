import { expect, test } from 'vitest';
import endpoints from '../../src/checks/endpoints.js';
import jobs from '../../src/checks/jobs.js';
import metrics from '../../src/checks/metrics.js';
import promql from '../../src/checks/promql.js';
import reachability from '../../src/checks/reachability.js';
import references from '../../src/checks/references.js';
import routes from '../../src/checks/routes.js';
import rules from '../../src/checks/rules.js';
import schema from '../../src/checks/schema.js';
import size from '../../src/checks/size.js';
import volumes from '../../src/checks/volumes.js';
import type { KubernetesObject, Manifest } from '../../src/model/manifest.js';
import { build } from '../environment.js';
import { full } from './full.js';
import { inputOf, type Spoilt } from './input.js';

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
// Two connections of each kind of end: a check reads all of them alike.
const connections = stack.connections.filter((one, index, all) => {
  const ends = ({ consumer, provider }: typeof one) =>
    `${consumer.location.kind} ${provider.location.kind}`;
  return all.slice(0, index).filter((other) => ends(other) === ends(one)).length < 2;
});

/** The first object of each kind: enough to hold every field that a check reads. */
const samples = [
  ...new Map(
    [...behindGateway.manifests, ...stack.manifests].map((manifest) => [
      manifest.object.kind,
      manifest,
    ]),
  ).values(),
];

/** The paths of all values in an object; of a list, those of its first two items. */
const pathsOf = (value: unknown, path: string[] = []): string[][] => {
  const parts = Object.entries(typeof value === 'object' && value !== null ? value : {});
  return [
    path,
    ...(Array.isArray(value) ? parts.slice(0, 2) : parts).flatMap(([key, part]) =>
      pathsOf(part, [...path, key]),
    ),
  ];
};

const spoilt = (object: KubernetesObject, path: string[], value: unknown): KubernetesObject => {
  const copy: Spoilt = structuredClone(object);
  const parent = path.slice(0, -1).reduce((one, key) => one[key], copy);
  if (value === undefined) delete parent[path.at(-1)!];
  else parent[path.at(-1)!] = value;
  return copy;
};

// Of what is missing, and of a text where there is one already, the checks' own tests tell.
const odd = [null, 7, [null], { odd: null }];

test.each(samples.map((manifest) => [manifest.object.kind, manifest] as const))(
  'no check throws on a %s of any shape',
  (_, { object, ...rest }: Manifest) => {
    const others = samples.filter((manifest) => manifest.object !== object);
    const thrown: string[] = [];
    for (const path of pathsOf(object).slice(1)) {
      for (const value of odd) {
        const fresh = spoilt(object, path, value);
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

test('what no check can read is found by that of the schema', () => {
  for (const { object, ...rest } of samples) {
    const fresh = { ...object, spec: null, metadata: null } as Spoilt;
    const input = inputOf(stack, { manifests: [{ ...rest, object: fresh }] });
    expect(schema.run(input)).not.toEqual([]);
  }
});
