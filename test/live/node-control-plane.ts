import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KubernetesObject } from '../../src/model/manifest.js';
import type { Child } from '../engines/child.js';
import { engineBinary } from '../engines/installation.js';
import { makeCertificate } from './certificate.js';
import { writeKubeconfig } from './cluster-kubectl.js';
import type { Machine } from './node-machine.js';
import { controlPlaneNetwork, network } from './node-network.js';
import { eventually } from './wait.js';

/** A control plane: etcd, API server, controllers and scheduler. */
export interface ControlPlane {
  /** The output of kubectl as an administrator. */
  kubectl(args: readonly string[], input?: string): Promise<string>;
  /** The output of a shell command in a folder, as a user types it: its kubectl is that of an administrator. */
  shell(command: string, folder: string): Promise<string>;
  /** Starts such a command, which runs until the machine ends. */
  startShell(command: string, folder: string): Child;
  /** The certificate with which the API server connects to the kubelet. */
  readonly kubeletClient: string;
  /** The objects of a kind, such as `pods`, in all namespaces. */
  list(kind: string): Promise<KubernetesObject[]>;
  /** Writes a kubeconfig for a component, and returns its path. */
  kubeconfig(component: Component): string;
}

type Component = keyof typeof users;

const users = {
  administrator: ['administrator', 'system:masters'],
  'kube-controller-manager': ['system:kube-controller-manager', ''],
  'kube-scheduler': ['system:kube-scheduler', ''],
  'kube-proxy': ['system:kube-proxy', ''],
  kubelet: ['system:node:worker', 'system:nodes'],
} as const;

/** Starts a control plane in its own network namespace of the machine. */
export const startControlPlane = async (
  machine: Machine,
  folder: string,
): Promise<ControlPlane> => {
  mkdirSync(folder, { recursive: true });
  const start = async (binary: string, args: readonly string[]) =>
    machine.start([await engineBinary(binary), ...args], { network: controlPlaneNetwork });
  await start('etcd', [`--data-dir=${join(folder, 'etcd')}`, '--unsafe-no-fsync']);
  const client = makeKubeletClient(folder);
  const apiserver = await start('kube-apiserver', [
    ...apiserverArguments(folder),
    `--kubelet-client-certificate=${client.certificate}`,
    `--kubelet-client-key=${client.key}`,
    // No DNS server here has the names of nodes.
    '--kubelet-preferred-address-types=InternalIP',
  ]);
  const url = `https://${network.controlPlane}:6443`;
  const certificate = join(folder, 'apiserver.crt');
  const kubectlPath = await engineBinary('kubectl');
  const kubeconfig = (component: Component): string => {
    const own = join(folder, component);
    mkdirSync(own, { recursive: true });
    return writeKubeconfig(own, { url, certificate: readFileSync(certificate, 'utf8') }, component);
  };
  const kubectl = (args: readonly string[], input?: string) =>
    machine.run(
      [
        ...['env', `HOME=${folder}`, `KUBECONFIG=${kubeconfig('administrator')}`],
        ...[kubectlPath, ...args],
      ],
      { network: controlPlaneNetwork, input },
    );
  await eventually('the API server is ready', async () => {
    if (apiserver.ending() !== undefined) throw new Error(apiserver.log());
    return (await kubectl(['get', '--raw=/readyz'])) === 'ok' || undefined;
  });
  await start('kube-scheduler', [
    `--kubeconfig=${kubeconfig('kube-scheduler')}`,
    '--leader-elect=false',
  ]);
  await start('kube-controller-manager', [
    `--kubeconfig=${kubeconfig('kube-controller-manager')}`,
    '--leader-elect=false',
    '--use-service-account-credentials',
    `--root-ca-file=${certificate}`,
    `--service-account-private-key-file=${join(folder, 'service-accounts.key')}`,
  ]);
  const inShell = (command: string, cwd: string): string[] => [
    ...['env', `HOME=${folder}`, `KUBECONFIG=${kubeconfig('administrator')}`],
    ...['sh', '-c', `cd '${cwd}' && ${command}`],
  ];
  const user = { network: controlPlaneNetwork, path: [dirname(kubectlPath)] };
  return {
    kubectl,
    shell: (command, cwd) => machine.run(inShell(command, cwd), user),
    startShell: (command, cwd) => machine.start(inShell(command, cwd), user),
    kubeletClient: client.certificate,
    list: async (kind) =>
      JSON.parse(await kubectl(['get', kind, '--all-namespaces', '--output=json'])).items,
    kubeconfig,
  };
};

/** The API server needs it for `kubectl exec`, `logs` and `port-forward`. */
const makeKubeletClient = (folder: string) => {
  const own = join(folder, 'kubelet-client');
  mkdirSync(own);
  const subject = '/O=system:masters/CN=kube-apiserver-kubelet-client';
  const { file } = makeCertificate(own, undefined, subject);
  return { certificate: file, key: join(own, 'key.pem') };
};

const apiserverArguments = (folder: string): string[] => {
  const tokens = Object.entries(users).map(
    ([token, [user, groups]]) => `${token},${user},${user},${groups}\n`,
  );
  writeFileSync(join(folder, 'tokens.csv'), tokens.join(''));
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  writeFileSync(join(folder, 'service-accounts.pub'), keys.publicKey);
  writeFileSync(join(folder, 'service-accounts.key'), keys.privateKey);
  return [
    '--etcd-servers=http://127.0.0.1:2379',
    `--advertise-address=${network.controlPlane}`,
    `--cert-dir=${folder}`,
    `--service-cluster-ip-range=${network.services}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    '--allow-privileged=true',
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${join(folder, 'service-accounts.pub')}`,
    `--service-account-signing-key-file=${join(folder, 'service-accounts.key')}`,
  ];
};
