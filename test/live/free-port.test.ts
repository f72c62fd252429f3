import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort } from '../engines/port.js';

/** The states of the IPv4 sockets with this local port, as in proc_pid_net(5): 06 is TIME_WAIT. */
function states(port: number): string[] {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, address]) => address?.endsWith(local))
    .map((fields) => fields[3]!);
}

it('the kernel reserves a free port, and an engine can still listen on it', async () => {
  const port = await freePort();
  expect(states(port)).toEqual(['06']);
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  server.close();
});
