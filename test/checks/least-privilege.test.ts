import { describe, expect, test } from 'vitest';
import leastPrivilege from '../../src/checks/least-privilege.js';
import { titleOf } from '../../src/model/manifest.js';
import { build, minimal } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, type Spoilt, without } from './input.js';

const stack = build(minimal);

const titles = stack.manifests.map(({ object }) => titleOf(object));
const first = (start: string): string => {
  const title = titles.find((one) => one.startsWith(start));
  if (!title) throw new Error(`There is no ${start}.`);
  return title;
};

const role = first('Role ');
const binding = first('RoleBinding ');
const grafana = 'StatefulSet crowsnest/crowsnest-grafana';
const prometheus = 'StatefulSet crowsnest/crowsnest-prometheus';

const account = first('ServiceAccount ');
const clusterRole = first('ClusterRole ');

const projected = (serviceAccountToken: object) => ({
  name: 'more',
  projected: { sources: [{ serviceAccountToken }] },
});
const pod = (object: Spoilt) => object.spec.template.spec;

test('a minimal and a full environment have no right too many', () => {
  expect(leastPrivilege.run(inputOf(stack))).toEqual([]);
  expect(leastPrivilege.run(inputOf(build(full)))).toEqual([]);
});

describe('is found', () => {
  test.each<[what: string, object: string, change: (object: Spoilt) => unknown, message: RegExp]>([
    ['a wildcard', role, ({ rules }) => rules[0].verbs.push('*'), /wildcard/],
    ['a right to read Secrets', role, ({ rules }) => rules[0].resources.push('secrets'), /secrets/],
    ['a way into pods', role, ({ rules }) => rules[0].resources.push('pods/exec'), /pods\/exec/],
    [
      'a right to act as others',
      role,
      ({ rules }) => rules[0].verbs.push('impersonate'),
      /imperson/,
    ],
    [
      'a right that nothing declared needs',
      role,
      ({ rules }) => rules[0].verbs.push('delete'),
      /more/,
    ],
    ['a right that is missing', role, ({ rules }) => rules[0].verbs.pop(), /may not do/],
    [
      'a binding to somebody else',
      binding,
      ({ subjects }) => {
        subjects[0].namespace = 'default';
      },
      /somebody else|No workload/,
    ],
    [
      'a token in every container',
      grafana,
      (object) => {
        pod(object).automountServiceAccountToken = true;
      },
      /token/,
    ],
    [
      'the account that all pods have',
      grafana,
      (object) => {
        delete pod(object).serviceAccountName;
      },
      /account/,
    ],
    [
      'the account of another workload',
      grafana,
      (object) => {
        pod(object).serviceAccountName = 'crowsnest-prometheus';
      },
      /same service account/,
    ],
    [
      'a token that never ends',
      account,
      (object) => {
        object.secrets = [{ name: 'token' }];
      },
      /never ends/,
    ],
    [
      'a token for the API of pods that may ask it nothing',
      grafana,
      (object) => {
        pod(object).volumes.push(projected({ path: 'token' }));
      },
      /may ask it nothing/,
    ],
    [
      'a token that nobody asks for',
      grafana,
      (object) => {
        pod(object).volumes.push(projected({ path: 'token', audience: 'somebody' }));
      },
      /this audience/,
    ],
    [
      'rights that no container can use',
      prometheus,
      (object) => {
        pod(object).volumes = pod(object).volumes.filter(({ projected: one }: Spoilt) => !one);
      },
      /no container mounts its token/,
    ],
    [
      'a binding of nobody',
      binding,
      (object) => {
        object.subjects = [];
      },
      /names nobody/,
    ],
    [
      'a binding to a user',
      binding,
      (object) => {
        object.subjects = [{ kind: 'User', name: 'somebody' }];
      },
      /somebody else/,
    ],
    [
      'a role that gets its rules from others',
      clusterRole,
      (object) => {
        object.aggregationRule = { clusterRoleSelectors: [] };
      },
      /whatever roles bear a label/,
    ],
    [
      'a role that gives its rules to others',
      clusterRole,
      ({ metadata }) => {
        metadata.labels['rbac.authorization.k8s.io/aggregate-to-view'] = 'true';
      },
      /added to a role of others/,
    ],
    [
      'a role of the whole cluster that is needed in one namespace',
      first('ClusterRoleBinding '),
      (object) => {
        object.kind = 'RoleBinding';
        object.metadata.namespace = 'crowsnest';
      },
      /only ever bound in single namespaces/,
    ],
  ])('%s', (_, title, change, message) => {
    const messages = leastPrivilege
      .run(changed(stack, title, change))
      .map((finding) => `${finding.severity} ${finding.message}`);
    expect(messages).toContainEqual(expect.stringMatching(message));
    expect(messages.every((one) => one.startsWith('error'))).toBe(true);
  });

  test.each([
    ['a role that nobody has', binding],
    ['an account that nobody runs under', prometheus],
    ['a binding of nothing', role],
  ])('%s', (_, gone) => {
    expect(leastPrivilege.run(without(stack, gone))).not.toEqual([]);
  });
});
