import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Child } from '../engines/child.js';
import { engineBinary } from '../engines/installation.js';
import type { ControlPlane } from './node-control-plane.js';
import type { Machine } from './node-machine.js';
import { network } from './node-network.js';
import { eventually } from './wait.js';

/** The image of the sandbox of a pod. */
export const pauseImage = 'registry.k8s.io/pause:3.10.2';

/** A node that runs pods. */
export interface Worker {
  /** Runs the client of containerd in the namespace of the kubelet's containers. */
  ctr(args: readonly string[]): Promise<string>;
}

/** Starts containerd, the kubelet and kube-proxy, with images from an archive. */
export const startWorker = async (
  machine: Machine,
  controlPlane: ControlPlane,
  folder: string,
  images: string,
): Promise<Worker> => {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  const plugins = dirname(await engineBinary('ptp'));
  const containerdPath = await engineBinary('containerd');
  const ctrPath = await engineBinary('ctr');
  write('cni/10-ptp.conflist', JSON.stringify(podNetwork));
  const containerd = machine.start(
    [containerdPath, '--config', write('containerd.toml', runtime(plugins, join(folder, 'cni')))],
    // It searches its shim on the PATH.
    { path: [dirname(containerdPath)] },
  );
  const ctr = (args: readonly string[]) => machine.run([ctrPath, '--namespace=k8s.io', ...args]);
  await running('containerd', containerd, () => ctr(['version']));
  await ctr(['images', 'import', '--local', images]);

  const resolver = write('resolv.conf', '');
  const config = write(
    'kubelet.json',
    JSON.stringify(kubeletOptions(machine.cgroup, resolver, controlPlane.kubeletClient)),
  );
  const kubelet = machine.start([
    await engineBinary('kubelet'),
    `--config=${config}`,
    `--kubeconfig=${controlPlane.kubeconfig('kubelet')}`,
    '--hostname-override=worker',
    `--node-ip=${network.worker}`,
  ]);
  const proxyConfig = {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'iptables',
    hostnameOverride: 'worker',
    clusterCIDR: network.pods,
    clientConnection: { kubeconfig: controlPlane.kubeconfig('kube-proxy') },
    // These are limits of the whole kernel, not only of this node.
    conntrack: { maxPerCore: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
  };
  machine.start([
    await engineBinary('kube-proxy'),
    `--config=${write('kube-proxy.json', JSON.stringify(proxyConfig))}`,
  ]);
  await running('the kubelet', kubelet, async () => {
    const conditions = JSON.parse(
      await controlPlane.kubectl(['get', 'node', 'worker', '--output=json']),
    ).status.conditions as { type: string; status: string; message: string }[];
    const ready = conditions.find(({ type }) => type === 'Ready');
    if (ready?.status !== 'True') throw new Error(ready?.message);
  });
  return { ctr };
};

/** Waits for an answer without an error; throws if the process has ended. */
const running = async (what: string, child: Child, ask: () => Promise<unknown>): Promise<void> => {
  const ended = await eventually(`${what} is ready`, async () => {
    if (child.ending() === undefined) await ask();
    return child.ending() !== undefined;
  });
  if (ended) throw new Error(`${what} ended: ${child.ending()}`);
};

/** Each pod has its own link to the node, which routes. */
const podNetwork = {
  cniVersion: '1.0.0',
  name: 'pods',
  plugins: [
    {
      type: 'ptp',
      mtu: 1500,
      ipam: {
        type: 'host-local',
        ranges: [[{ subnet: network.podsOfWorker }]],
        routes: [{ dst: '0.0.0.0/0' }],
        dataDir: '/run/cni',
      },
    },
  ],
};

const runtime = (plugins: string, networks: string): string => `
version = 3
[plugins.'io.containerd.cri.v1.images'.pinned_images]
sandbox = '${pauseImage}'
[plugins.'io.containerd.cri.v1.runtime']
# Without CAP_SYS_RESOURCE nobody may lower the score of a process below its parent's.
restrict_oom_score_adj = true
[plugins.'io.containerd.cri.v1.runtime'.cni]
bin_dirs = ['${plugins}']
conf_dir = '${networks}'
use_internal_loopback = true
[plugins.'io.containerd.nri.v1.nri']
disable = true
[plugins.'io.containerd.internal.v1.opt']
path = '/var/lib/containerd/opt'
`;

const kubeletOptions = (cgroup: string, resolver: string, clientCAFile: string) => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  // cgroup v1 is rejected by default since 1.35, but some machines have only this version.
  failCgroupV1: false,
  cgroupDriver: 'cgroupfs',
  cgroupRoot: cgroup,
  failSwapOn: false,
  containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    // The client's certificate is signed by itself.
    x509: { clientCAFile },
  },
  authorization: { mode: 'Webhook' },
  clusterDNS: [network.dns],
  clusterDomain: 'cluster.local',
  resolvConf: resolver,
  volumePluginDir: '/var/lib/kubelet/volume-plugins',
  // The node must ignore how full the disk is.
  evictionHard: { 'nodefs.available': '0%', 'imagefs.available': '0%', 'nodefs.inodesFree': '0%' },
  imageGCHighThresholdPercent: 100,
});
