import type { WholeOptions } from '../options.js';

export default {
  enabled: true,
  cpu: '20m',
  memory: '48Mi',
  memoryLimit: '192Mi',
  priorityClass: 'observability',
  // test/config/probes.test.ts has pages.
  probes: [],
  // test/config/probe-modules.test.ts has modules.
  modules: { ping: { prober: 'icmp', timeout: '2s', icmp: { ttl: 64 } as never } },
  icmp: 'routers answer nothing else',
} satisfies WholeOptions<'blackboxExporter'>;
