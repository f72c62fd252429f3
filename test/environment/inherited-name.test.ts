import { expect, test } from 'vitest';
import { loadChecks } from '../../src/load-checks.js';
import { health, metrics } from '../../src/model/offer.js';
import { checkInputOf, runChecks } from '../../src/run-checks.js';
import { build, minimal } from '../environment.js';

const { checks } = await loadChecks();

test.each(['constructor', 'valueof', 'tostring'])(
  'names that objects inherit, such as %s, are names like others',
  (name) => {
    const stack = build({
      ...minimal,
      cluster: { ...minimal.cluster, name },
      otherNamespaces: { [name]: { isolation: 'default-deny' } },
      prometheus: { keep: { [name]: 'all', toString: { also: ['toString'] } } },
      parties: [
        {
          name,
          workloads: { [name]: { kind: 'pods', namespace: name, labels: { app: name } } },
          endpoints: { [name]: { port: 8080, offers: [metrics('/metrics'), health('/')] } },
          consumes: [],
        },
        {
          name: 'shop',
          workloads: { shop: { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } },
          endpoints: {
            web: {
              port: 8080,
              offers: [
                metrics('/metrics', {
                  job: 'toString',
                  declares: { toString: { type: 'counter' as const, labels: ['valueOf'] } },
                }),
              ],
            },
          },
          consumes: [],
        },
      ],
    });
    expect(stack.findings).toEqual([]);
    const found = runChecks(stack, checks, checkInputOf(stack, [], {}));
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  },
);
