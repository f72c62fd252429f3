import { z } from 'zod';
import { databaseParties } from '../database-server.js';
import { defineComponent } from '../definition.js';
import { backend } from './backend.js';
import { redisExporter as declare } from './redis-exporter.js';
import { server } from './server.js';
import { validate } from './validate.js';

// All sizes are equal: each exporter reads one server.
const size = { cpu: '10m', memory: '32Mi', memoryLimit: '128Mi' };

export const redisExporter = defineComponent({
  name: 'redis-exporter',
  options: {
    /** Redis servers, each with its own exporter: list every primary and every replica. */
    servers: z.array(server).default([]),
  },
  sizes: { small: size, medium: size, large: size },
  images: {
    'redis-exporter': {
      repository: 'quay.io/oliver006/redis_exporter',
      tag: 'v1.88.0',
      user: 59000,
      group: 59000,
      entrypoint: '/redis_exporter',
      shell: false,
      dockerfile: 'https://github.com/oliver006/redis_exporter/blob/v1.88.0/Dockerfile',
    },
  },
  facts: {
    'configured:redis': {
      without: 'no Redis server is configured',
      holds: ({ options }) => options.servers.length > 0,
    },
  },
  isWanted: ({ options }) => options.servers.length > 0,
  declare: ({ options: { servers }, size: resources }) => declare({ servers, resources }),
  parties: ({ options }) => databaseParties(options.servers, 'redisExporter', backend),
  validate,
});
