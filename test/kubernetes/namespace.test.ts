import { expect, test } from 'vitest';
import { namespaces } from '../../src/kubernetes/namespace.js';
import { drawn } from './chart.js';
import { setting } from './setting.js';

const drawnFor = (...used: string[]) => drawn((scope) => namespaces(scope, setting.names, used));
const [stack, agents] = drawnFor('watch', 'watch-agents');

test.each([
  ['the stack', stack, 'watch', 'restricted'],
  ['the node agents', agents, 'watch-agents', 'privileged'],
])('the namespace of %s enforces its Pod Security level', (_, object, name, level) => {
  expect(object?.metadata).toMatchObject({
    name,
    labels: {
      'pod-security.kubernetes.io/enforce': level,
      'pod-security.kubernetes.io/audit': level,
      'pod-security.kubernetes.io/warn': level,
    },
  });
});

test('no namespace is pruned', () => {
  for (const object of [stack, agents]) {
    expect(object?.metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    });
  }
});

test('a namespace without pods does not ship', () => {
  expect(drawnFor('watch').map(({ metadata }) => metadata.name)).toEqual(['watch']);
});
