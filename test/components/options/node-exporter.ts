import type { WholeOptions } from '../options.js';

export default {
  enabled: true,
  cpu: '30m',
  memory: '48Mi',
  memoryLimit: '160Mi',
  priorityClass: 'observability',
  port: 9200,
  protection: { kind: 'plain', reason: 'a firewall in front of the nodes closes the port' },
} satisfies WholeOptions<'nodeExporter'>;
