import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/**
 * A loopback port that a process can listen on, and that the kernel gives to nobody else for a
 * minute: neither to a listener on port 0 nor as the local port of an outgoing connection.
 *
 * The end that closes a connection first stays in TIME_WAIT for 60 s (RFC 9293 §3.6.1, and
 * `TCP_TIMEWAIT_LEN` in Linux). The kernel does not choose such a port, but a process that asks
 * for its number with SO_REUSEADDR, as Go and Node.js do, gets it (socket(7)).
 */
export async function freePort(): Promise<number> {
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(connect(port, '127.0.0.1').resume(), 'close');
  server.close();
  await once(server, 'close');
  return port;
}
