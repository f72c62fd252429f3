import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, startCluster } from './cluster.js';
import { deploy } from './cluster-apply.js';
import { accountsOf, declaredRights, grantedRights, mayI } from './cluster-rights.js';
import { environments, shipped } from './shipped.js';

const elsewhere = 'elsewhere';
const namespaces = ['crowsnest', 'crowsnest-agents', 'default', 'kube-system', elsewhere];

/** Rights that no account of the stack may have anywhere. */
const forbidden = [
  'get secrets',
  'list secrets',
  'list configmaps',
  'create pods',
  'delete pods',
  'create pods/exec',
  'create pods/portforward',
  'get pods/log',
  'create serviceaccounts/token',
  'get nodes/proxy',
  'create nodes/proxy',
  'patch nodes',
  'create rolebindings.rbac.authorization.k8s.io',
  'escalate clusterroles.rbac.authorization.k8s.io',
  'impersonate users',
  'get *',
  '* pods',
  '* *',
];

describe.each(environments)('with %s applied', (environment) => {
  const objects = shipped(environment);
  const accounts = accountsOf(objects);
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
    await deploy(cluster, environment);
    await cluster.kubectl(['create', 'namespace', elsewhere]);
  });
  afterAll(() => cluster?.stop());

  const all = (rights: readonly string[], answer: boolean) =>
    Object.fromEntries(rights.map((right) => [right, answer]));

  describe.each(
    accounts.map((account) => [`${account.namespace}/${account.name}`, account] as const),
  )('%s', (_, account) => {
    it.each(namespaces)('has in %s exactly the rights of its roles', async (namespace) => {
      expect(await grantedRights(cluster, account, namespace)).toEqual(
        declaredRights(objects, account, namespace),
      );
    });

    it.each(namespaces)('is allowed in %s what its roles allow', async (namespace) => {
      const rights = declaredRights(objects, account, namespace);
      expect(await mayI(cluster, account, namespace, rights)).toEqual(all(rights, true));
    });

    it('cannot use secrets, exec, roles or wildcards, anywhere', async () => {
      for (const namespace of ['crowsnest', elsewhere]) {
        expect(await mayI(cluster, account, namespace, forbidden)).toEqual(all(forbidden, false));
      }
    });
  });

  it('only accounts that use the API server have rights', async () => {
    const able: string[] = [];
    for (const account of accounts) {
      for (const namespace of namespaces) {
        const rights = await grantedRights(cluster, account, namespace);
        if (rights.length > 0) able.push(account.name);
      }
    }
    expect([...new Set(able)].sort()).toEqual([
      'crowsnest-kube-state-metrics',
      'crowsnest-node-exporter',
      'crowsnest-prometheus',
    ]);
  });

  it('prometheus cannot read pods in other namespaces', async () => {
    const account = { namespace: 'crowsnest', name: 'crowsnest-prometheus' };
    const rights = ['get pods', 'list pods', 'watch pods', 'list endpointslices.discovery.k8s.io'];
    expect(await mayI(cluster, account, elsewhere, rights)).toEqual(all(rights, false));
  });
});
