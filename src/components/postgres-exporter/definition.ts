import { z } from 'zod';
import { type DeclaredServer, databaseParties, privateAuthorityOf } from '../database-server.js';
import { defineComponent } from '../definition.js';
import { backend } from './backend.js';
import { postgresExporter as declare } from './postgres-exporter.js';
import { type PostgresServer, server } from './server.js';
import { validate } from './validate.js';

// All sizes are equal: each exporter reads one server.
const size = { cpu: '10m', memory: '32Mi', memoryLimit: '128Mi' };

export const postgresExporter = defineComponent({
  name: 'postgres-exporter',
  options: {
    /** PostgreSQL servers, each with its own exporter: list every primary and every replica. */
    servers: z.array(server).default([]),
  },
  sizes: { small: size, medium: size, large: size },
  images: {
    // The image has no numeric user, and there is no distroless image of this version.
    'postgres-exporter': {
      repository: 'quay.io/prometheuscommunity/postgres-exporter',
      tag: 'v0.20.1',
      user: 65534,
      group: 65534,
      entrypoint: '/bin/postgres_exporter',
      shell: true,
      dockerfile:
        'https://github.com/prometheus-community/postgres_exporter/blob/v0.20.1/Dockerfile',
    },
  },
  facts: {
    'configured:postgres': {
      without: 'no PostgreSQL server is configured',
      holds: ({ options }) => options.servers.length > 0,
    },
  },
  isWanted: ({ options }) => options.servers.length > 0,
  declare: ({ options: { servers }, size: resources }) => declare({ servers, resources }),
  parties: ({ options }) => databaseParties(options.servers, 'postgresExporter', backend),
  validate,
  judge: ({ options: { servers } }) =>
    // Those of applications have their own findings.
    (servers as readonly (PostgresServer & DeclaredServer)[]).flatMap((one, index) => {
      const operator = one.declaration ? undefined : privateAuthorityOf(one);
      return operator === undefined
        ? []
        : {
            fault: 'private-authority',
            place: { path: `servers[${index}].tls` },
            value: one.host,
            message: `${operator} signs this certificate with an authority of its own.`,
          };
    }),
});
