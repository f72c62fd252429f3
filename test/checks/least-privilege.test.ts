import { describe, expect, test } from 'vitest';
import leastPrivilege from '../../src/checks/access/least-privilege.js';
import { titleOf } from '../../src/model/manifest.js';
import { build, minimal } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, type Mutable, without } from './input.js';

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
const pod = (object: Mutable) => object.spec.template.spec;

test('a minimal and a full environment have no unneeded rights', () => {
  expect(leastPrivilege.run(inputOf(stack))).toEqual([]);
  expect(leastPrivilege.run(inputOf(build(full)))).toEqual([]);
});

describe('the check reports', () => {
  test.each<[what: string, object: string, change: (object: Mutable) => unknown, fault: string]>([
    ['a wildcard', role, ({ rules }) => rules[0].verbs.push('*'), 'wildcard'],
    [
      'a right to read Secrets',
      role,
      ({ rules }) => rules[0].resources.push('secrets'),
      'dangerous-right',
    ],
    [
      'a right to access other pods',
      role,
      ({ rules }) => rules[0].resources.push('pods/exec'),
      'dangerous-right',
    ],
    [
      'a right to act as other users',
      role,
      ({ rules }) => rules[0].verbs.push('impersonate'),
      'dangerous-right',
    ],
    [
      'a right that no declaration needs',
      role,
      ({ rules }) => rules[0].verbs.push('delete'),
      'excess-right',
    ],
    ['a missing right', role, ({ rules }) => rules[0].verbs.pop(), 'missing-right'],
    [
      'a binding to another user',
      binding,
      ({ subjects }) => {
        subjects[0].namespace = 'default';
      },
      'unused-subject',
    ],
    [
      'a token in every container',
      grafana,
      (object) => {
        pod(object).automountServiceAccountToken = true;
      },
      'mounted-token',
    ],
    [
      'the default service account',
      grafana,
      (object) => {
        delete pod(object).serviceAccountName;
      },
      'default-account',
    ],
    [
      'the account of another workload',
      grafana,
      (object) => {
        pod(object).serviceAccountName = 'crowsnest-prometheus';
      },
      'shared-account',
    ],
    [
      'a token that does not expire',
      account,
      (object) => {
        object.secrets = [{ name: 'token' }];
      },
      'permanent-token',
    ],
    [
      'a token for the API without any rights',
      grafana,
      (object) => {
        pod(object).volumes.push(projected({ path: 'token' }));
      },
      'useless-token',
    ],
    [
      'a token that nothing uses',
      grafana,
      (object) => {
        pod(object).volumes.push(projected({ path: 'token', audience: 'somebody' }));
      },
      'unknown-audience',
    ],
    [
      'rights without a token',
      prometheus,
      (object) => {
        pod(object).volumes = pod(object).volumes.filter(({ projected: one }: Mutable) => !one);
      },
      'unused-rights',
    ],
    [
      'a binding without a subject',
      binding,
      (object) => {
        object.subjects = [];
      },
      'no-subject',
    ],
    [
      'a binding to a user',
      binding,
      (object) => {
        object.subjects = [{ kind: 'User', name: 'somebody' }];
      },
      'foreign-subject',
    ],
    [
      'a role that aggregates other roles',
      clusterRole,
      (object) => {
        object.aggregationRule = { clusterRoleSelectors: [] };
      },
      'aggregated-role',
    ],
    [
      'a role that is aggregated into other roles',
      clusterRole,
      ({ metadata }) => {
        metadata.labels['rbac.authorization.k8s.io/aggregate-to-view'] = 'true';
      },
      'aggregates-to-role',
    ],
    [
      'a ClusterRole that is needed in one namespace only',
      first('ClusterRoleBinding '),
      (object) => {
        object.kind = 'RoleBinding';
        object.metadata.namespace = 'crowsnest';
      },
      'namespaced-cluster-role',
    ],
  ])('%s', (_, title, change, fault) => {
    const found = leastPrivilege.run(changed(stack, title, change));
    expect(found.map((one) => one.fault)).toContain(fault);
    expect(found.every(({ severity }) => severity === 'error')).toBe(true);
  });

  test.each([
    ['a role without a binding', binding],
    ['an account without a workload', prometheus],
    ['a binding without a role', role],
  ])('%s', (_, gone) => {
    expect(leastPrivilege.run(without(stack, gone))).not.toEqual([]);
  });
});
