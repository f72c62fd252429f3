import { expect, test } from 'vitest';
import type { EnvironmentOptions } from '../src/environment/environment.js';
import { validate } from '../src/environment/validate.js';
import { sharedByStacks } from '../src/same-cluster.js';
import { buildStack } from '../src/stack.js';
import { minimal, noContent } from './environment.js';

const found = (other: Partial<EnvironmentOptions>, one: Partial<EnvironmentOptions> = {}) => {
  const stacks = [one, other].map((options, index) => {
    const name = ['one', 'other'][index]!;
    const { environment } = validate({ ...minimal, ...options }, name, `environments/${name}.ts`);
    return buildStack(environment!, noContent);
  });
  return sharedByStacks(stacks).map(({ code, place }) => [code, place.file, place.path]);
};

const { cluster } = minimal;
const file = 'environments/other.ts';

test('two environments of one cluster must not have the same objects', () => {
  expect(found({})).toEqual([['config/shared-objects', file, 'stack']]);
  // The roles of the cluster have the name of the stack.
  expect(found({ namespaces: { stack: 'a', nodeAgents: 'b' } })).toEqual([
    ['config/shared-objects', file, 'stack'],
  ]);
  expect(
    found({ stack: 'other', namespaces: { stack: 'crowsnest' }, nodeExporter: { port: 9200 } }),
  ).toEqual([['config/shared-objects', file, 'namespaces']]);
});

test('their node agents must not have the same port of the nodes', () => {
  expect(found({ stack: 'other' })).toEqual([
    ['config/shared-node-port', file, 'nodeExporter.port'],
  ]);
  expect(found({ stack: 'other', nodeExporter: { port: 9101 } })).toHaveLength(1);
});

test('a stack with another name and another port is accepted', () => {
  expect(found({ stack: 'other', nodeExporter: { port: 9200 } })).toEqual([]);
  const nodeAgents = { kind: 'none', reason: 'the other stack has them' } as const;
  expect(found({ stack: 'other', nodeAgents })).toEqual([]);
});

test('environments of different clusters can have the same objects', () => {
  expect(found({ cluster: { ...cluster, name: 'second' } })).toEqual([]);
  const apiServer = { ...cluster.apiServer, endpointCidrs: ['172.18.0.9/32'] };
  expect(found({ cluster: { ...cluster, apiServer } })).toEqual([]);
});

test('a cluster with another name is the same one if its API server has the same public address', () => {
  const at = (endpointCidrs: string[], name: string) => ({
    cluster: { ...cluster, name, apiServer: { ...cluster.apiServer, endpointCidrs } },
  });
  const same = ['34.90.1.2/32'];
  expect(found(at(same, 'second'), at(same, 'first'))).toEqual([
    ['config/shared-objects', file, 'stack'],
  ]);
  expect(found(at(['34.90.1.3/32'], 'second'), at(same, 'first'))).toEqual([]);
  // A block may have the API servers of several clusters.
  expect(found(at(['34.90.1.0/24'], 'second'), at(['34.90.1.0/24'], 'first'))).toEqual([]);
});
