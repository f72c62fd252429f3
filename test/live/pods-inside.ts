import type { Machine } from './node-machine.js';

/** An end of a connection attempt. */
export interface Destination {
  readonly address: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** The network namespace of each pod, by its address. */
export const podNetworks = async (machine: Machine): Promise<ReadonlyMap<string, string>> => {
  const text = await machine.run([
    'bash',
    '-ec',
    'cd /run/netns; for name in cni-*; do echo $name $(ip -netns $name -4 -oneline address show eth0); done',
  ]);
  const lines = [...text.matchAll(/^(\S+).* inet ([\d.]+)/gm)];
  return new Map(lines.map(([, name = '', address = '']) => [address, `/run/netns/${name}`]));
};

/** Tries connections from a network namespace in parallel: `open`, or the reason of the failure. */
export const tryConnections = async (
  machine: Machine,
  network: string,
  destinations: readonly Destination[],
  source?: string,
): Promise<string[]> =>
  JSON.parse(await runInside(machine, network, connectAll, { destinations, source }));

/** The answer of a server to a GET from a network namespace, optionally with a bearer token; with a body, to a POST. */
export const fetchInside = async (
  machine: Machine,
  network: string,
  url: string,
  access: { readonly token?: string; readonly certificate?: string; readonly body?: string } = {},
): Promise<{ readonly status: number; readonly text: string }> =>
  JSON.parse(await runInside(machine, network, fetchText, { url, ...access }));

/** Listens on ports of a network namespace until the machine ends. */
export const listenInside = (
  machine: Machine,
  network: string,
  address: string,
  ports: readonly number[],
): void => {
  machine.start([process.execPath, '-e', listen, JSON.stringify({ address, ports })], { network });
};

const runInside = (machine: Machine, network: string, script: string, input: object) =>
  machine.run([process.execPath, '-e', script, JSON.stringify(input)], { network });

// Far longer than an answer takes here; a policy controller that drops packets sends none.
const patience = 4000;

const connectAll = `
const { destinations, source } = JSON.parse(process.argv[1]);
const net = require('node:net');
const dgram = require('node:dgram');
// A question for the name server: the address of its own zone.
const question = Buffer.from('beef01000001000000000000' + '07636c7573746572056c6f63616c00' + '00060001', 'hex');
const tcp = ({ address, port }) => new Promise((done) => {
  const socket = net.connect({ host: address, port, localAddress: source, timeout: ${patience} });
  const end = (word) => { socket.destroy(); done(word); };
  socket.on('connect', () => end('open')).on('timeout', () => end('no answer'));
  socket.on('error', ({ code }) => end(code));
});
const udp = ({ address, port }) => new Promise((done) => {
  const socket = dgram.createSocket('udp4');
  const timer = setTimeout(() => end('no answer'), ${patience});
  const end = (word) => { clearTimeout(timer); socket.close(); done(word); };
  socket.on('message', () => end('open')).on('error', ({ code }) => end(code));
  socket.connect(port, address, () => socket.send(question));
});
Promise.all(destinations.map((one) => (one.protocol === 'UDP' ? udp(one) : tcp(one))))
  .then((answers) => console.log(JSON.stringify(answers)));
`;

const fetchText = `
const { url, token, certificate, body } = JSON.parse(process.argv[1]);
const headers = { ...(token && { authorization: 'Bearer ' + token }), ...(body && { 'content-type': 'application/json' }) };
const options = { method: body ? 'POST' : 'GET', headers, ca: certificate };
require(url.startsWith('https') ? 'node:https' : 'node:http').request(url, options, (answer) => {
  let text = '';
  answer.setEncoding('utf8').on('data', (part) => { text += part; });
  answer.on('end', () => console.log(JSON.stringify({ status: answer.statusCode, text })));
}).end(body);
`;

const listen = `
const { address, ports } = JSON.parse(process.argv[1]);
for (const port of ports) require('node:net').createServer((socket) => socket.destroy()).listen(port, address);
`;
