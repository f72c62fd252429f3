import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { freePort } from '../engines/port.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { type Kubectl, kubectlFor, writeKubeconfig } from './cluster-kubectl.js';
import { type Answer, type ApiRequest, requestApi } from './cluster-request.js';
import { eventually } from './wait.js';

const adminToken = 'administrator';

/** An API server with its etcd, without nodes and controllers. */
export interface Cluster {
  readonly url: string;
  /** The certificate authority of its serving certificate, as PEM. */
  readonly certificate: string;
  /** Runs kubectl as an administrator. */
  readonly kubectl: Kubectl;
  /** Sends a request to the API, as an administrator unless it has another token. */
  request(request: ApiRequest): Promise<Answer>;
  /** A token of a ServiceAccount, like those that the kubelet mounts. */
  token(namespace: string, account: string, audience?: string): Promise<string>;
  /** Writes a kubeconfig with a token into a folder, and returns its path. */
  kubeconfig(folder: string, token: string): string;
  stop(): Promise<void>;
}

/** Starts etcd and kube-apiserver on loopback, with RBAC and the default admission plugins. */
export const startCluster = async (): Promise<Cluster> => {
  const engines: RunningEngine[] = [];
  const stop = async () => {
    // No data is kept, so a clean stop would only take time.
    for (const engine of engines.splice(0).reverse()) await engine.kill();
  };
  try {
    const etcd = await startEngine({ binary: 'etcd', args: etcdArguments, readyPath: '/readyz' });
    engines.push(etcd);
    const apiserver = await startEngine({
      binary: 'kube-apiserver',
      args: ({ port, folder }) => apiserverArguments(port, folder, etcd.url),
      readyPath: '/readyz',
      scheme: 'https',
    });
    engines.push(apiserver);
    return await connect(apiserver, stop);
  } catch (error) {
    await stop();
    throw error;
  }
};

const connect = async ({ url, folder }: RunningEngine, stop: () => Promise<void>) => {
  // The chain ends with the authority that signed it.
  const certificate = readFileSync(join(folder, 'apiserver.crt'), 'utf8');
  const access = { url, certificate };
  const cluster: Cluster = {
    ...access,
    kubectl: kubectlFor(folder, writeKubeconfig(folder, access, adminToken)),
    request: (request) => requestApi(access, { token: adminToken, ...request }),
    token: async (namespace, account, audience) => {
      const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`;
      const spec = { expirationSeconds: 3600, ...(audience && { audiences: [audience] }) };
      const { status, body } = await cluster.request({ method: 'POST', path, body: { spec } });
      if (status !== 201) throw new Error(`${path}: ${status} ${body.message}`);
      return body.status.token;
    },
    kubeconfig: (target, token) => writeKubeconfig(target, access, token),
    stop,
  };
  await eventually('the API server has made its namespaces', async () => {
    const { body } = await cluster.request({ path: '/api/v1/namespaces' });
    const names: string[] = body.items.map(({ metadata }: KubernetesObject) => metadata.name);
    return ['default', 'kube-system'].every((name) => names.includes(name)) || undefined;
  });
  return cluster;
};

const etcdArguments = async ({ port, folder }: { port: number; folder: string }) => {
  const client = `http://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${await freePort()}`;
  return [
    `--data-dir=${join(folder, 'data')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--unsafe-no-fsync',
  ];
};

const apiserverArguments = (port: number, folder: string, etcd: string): string[] => {
  const tokens = join(folder, 'tokens.csv');
  writeFileSync(tokens, `${adminToken},administrator,administrator,system:masters\n`);
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  writeFileSync(join(folder, 'service-accounts.pub'), keys.publicKey);
  writeFileSync(join(folder, 'service-accounts.key'), keys.privateKey);
  return [
    `--etcd-servers=${etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    // EndpointSlices reject loopback addresses: this one is reserved for documentation.
    '--advertise-address=192.0.2.1',
    `--cert-dir=${folder}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--authorization-mode=RBAC',
    // Pod Security must reject privileged pods, and not this setting.
    '--allow-privileged=true',
    `--token-auth-file=${tokens}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${join(folder, 'service-accounts.pub')}`,
    `--service-account-signing-key-file=${join(folder, 'service-accounts.key')}`,
  ];
};
