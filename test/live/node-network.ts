import type { Machine } from './node-machine.js';

/** The addresses of the machine: those of kind, for which the development environment is. */
export const network = {
  nodes: '172.18.0.0/16',
  controlPlane: '172.18.0.2',
  worker: '172.18.0.3',
  /** An address on the machine of the control plane, which belongs to no node and no pod. */
  internet: '203.0.113.1',
  pods: '10.244.0.0/16',
  podsOfWorker: '10.244.1.0/24',
  services: '10.96.0.0/16',
  dns: '10.96.0.10',
} as const;

/** The network namespace that replaces the machine of the control plane. */
export const controlPlaneNetwork = '/run/netns/control-plane';

/** Connects the worker to a control plane in another network namespace. */
export const layNetwork = (machine: Machine): Promise<string> =>
  machine.run([
    'bash',
    '-ec',
    `
ip netns add control-plane
ip link add eth0 type veth peer name eth0 netns control-plane
ip address add ${network.worker}/16 dev eth0
ip link set eth0 up
for there in ${network.internet} ${network.services}; do
  ip route add $there via ${network.controlPlane}
done
# A refusal is told by ICMP, and of many at once the kernel would tell but a few.
sysctl --quiet --write net.ipv4.ip_forward=1 net.ipv4.icmp_ratelimit=0
far() { ip -netns control-plane "$@"; }
far link set lo up
far address add ${network.controlPlane}/16 dev eth0
far link set eth0 up
far address add ${network.internet}/32 dev lo
far route add ${network.pods} via ${network.worker}
`,
  ]);
