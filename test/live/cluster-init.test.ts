import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { runInit } from '../../src/cli/init/run.js';
import { kubectlCommands, type Resource, resources } from '../../src/cluster/resource.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { clusters } from '../cluster/clusters.js';
import { checked } from '../cluster/environments.js';
import { repository } from '../output/command.js';
import { fill, temporaryFolder } from '../output/folder.js';
import { type Cluster, startCluster } from './cluster.js';
import { installGatewayApi } from './cluster-gateway.js';
import { withObjects } from './cluster-make.js';
import { eventually } from './wait.js';

const runtime = {
  shipped: repository,
  importPackage: (name: string) => import(name),
};

let cluster: Cluster;
let told: string;

beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster?.stop());
beforeEach(() => {
  told = '';
  const tell = (text: string | Uint8Array) => {
    told += text;
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(tell);
  vi.spyOn(process.stderr, 'write').mockImplementation(tell);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const groupOf = ({ apiVersion }: Resource): string =>
  apiVersion.includes('/') ? apiVersion.split('/')[0]! : '';

/** A kubeconfig of a ServiceAccount that can only list these resources. */
const kubeconfigFor = async (name: string, allowed: readonly Resource[]): Promise<string> => {
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name },
    rules: allowed.map((one) => ({
      apiGroups: [groupOf(one)],
      resources: [one.plural],
      verbs: ['list'],
    })),
  };
  const account = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: 'default' },
  };
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace: 'default' }],
  };
  const { failed, stderr } = await cluster.kubectl(
    ['apply', '--server-side', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [role, account, binding] }),
  );
  if (failed) throw new Error(stderr);
  return cluster.kubeconfig(temporaryFolder(), await cluster.token('default', name));
};

/** Runs init with a kubeconfig, and returns the file that it writes. */
const environmentOf = async (kubeconfig: string, name: string): Promise<string> => {
  vi.stubEnv('KUBECONFIG', kubeconfig);
  const folder = temporaryFolder();
  await runInit(folder, { context: 'live', name, yes: true }, runtime);
  return readFileSync(join(folder, 'environments', `${name}.ts`), 'utf8');
};

/** Groups of custom resources, which have another domain than those of Kubernetes. */
const customGroups = async (): Promise<string[]> => {
  const { body } = await cluster.request({ path: '/apis/apiregistration.k8s.io/v1/apiservices' });
  const groups: string[] = body.items.map(({ spec }: KubernetesObject) => spec.group ?? '');
  return [...new Set(groups)].filter((one) => one.includes('.') && !one.endsWith('.k8s.io')).sort();
};

/** The library of this repository instead of the package. */
const withLibrary = (text: string): string => text.replace("'crowsnest'", "'../src/index.js'");

describe('an environment of init', () => {
  test('has the platform of each cluster and no error, with the right to list and nothing else', async () => {
    const kubeconfig = await kubeconfigFor('reader', resources);
    const texts: Record<string, string> = {};
    for (const [name, objects] of Object.entries(clusters)) {
      const wanted = objects.flatMap(({ kind, spec }) => (kind === 'APIService' ? spec.group : []));
      const text = await withObjects(cluster, objects, async () => {
        await eventually(
          'the API server serves exactly these groups',
          async () => (await customGroups()).join() === wanted.join() || undefined,
        );
        return environmentOf(kubeconfig, name);
      });
      texts[name] = withLibrary(text);
    }
    expect(told).not.toContain('Not read');
    const { built, others, ...findings } = await checked(texts);
    expect(built?.sort()).toEqual(
      Object.keys(clusters)
        .map((name) => `${name}: ${name === 'k0s' ? 'generic' : name}`)
        .sort(),
    );
    const errors = Object.values({ others, ...findings })
      .flat()
      .filter((text) => text?.startsWith('error'));
    expect(errors).toEqual([]);
  });

  test('is the same from what the documented kubectl commands save, also with Gateways', async () => {
    await installGatewayApi(cluster);
    const gateway = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'public', namespace: 'default' },
      spec: { gatewayClassName: 'envoy', listeners: [{ name: 'https', protocol: 'HTTPS' }] },
    };
    const saved: Record<string, string> = {};
    const live = await withObjects(cluster, [...clusters.k3s, gateway], async () => {
      for (const command of kubectlCommands) {
        const [line = '', file = ''] = command.split(' > ');
        const { stdout, failed, stderr } = await cluster.kubectl(line.split(' ').slice(1));
        expect([failed, stderr]).toEqual([false, '']);
        saved[file] = stdout;
      }
      return environmentOf(await kubeconfigFor('reader', resources), 'saved');
    });
    const folder = fill(temporaryFolder(), saved);
    const from = Object.keys(saved).map((name) => join(folder, name));
    await runInit(folder, { from, name: 'saved', yes: true }, runtime);
    const text = readFileSync(join(folder, 'environments/saved.ts'), 'utf8');
    const withoutSource = (one: string) => one.replace(/^[\s\S]*?(?=\nexport default)/m, '');
    // Comments are wrapped.
    expect(text.replace(/\n *\/\/ /g, ' ')).toContain('the Gateway default/public (envoy)');
    expect(withoutSource(text)).toEqual(withoutSource(live));
  });

  test('states what it may not read, and how to look it up', async () => {
    const nodes = resources.filter(({ kind }) => kind === 'Node');
    const text = await withObjects(cluster, clusters.k3s, async () =>
      environmentOf(await kubeconfigFor('limited', nodes), 'limited'),
    );
    expect(told).toContain('Not read: Pod: not allowed (403)');
    expect(text).toContain("platform: 'k3s'");
    expect(text).toMatch(/TO DO: serviceAddress: .*kubectl get service kubernetes -n default/);
  });

  test('is not written if the API server rejects the credentials', async () => {
    const kubeconfig = cluster.kubeconfig(temporaryFolder(), 'unknown');
    await expect(environmentOf(kubeconfig, 'rejected')).rejects.toThrow(
      /rejects the credentials of the context \(401\)/,
    );
  });
});
