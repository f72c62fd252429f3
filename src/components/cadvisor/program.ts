import { z } from 'zod';
import type { Program } from '../../model/program.js';
import { mountedFlag, optionalFlag, port, words } from '../../schema/flag.js';
import { goDuration, text } from '../../schema/format.js';

/** The flags of cadvisor that the container uses. */
export const program: Program = {
  flags: {
    port: { takes: port },
    containerd: { ...mountedFlag(), needed: false },
    'containerd-namespace': optionalFlag(text),
    docker: {
      ...optionalFlag(
        z
          .string({ error: 'a socket such as unix:///var/run/docker.sock' })
          .regex(/^unix:\/\/\/\S+$/),
      ),
      mounted: {},
    },
    enable_metrics: { takes: words },
    docker_only: { takes: z.enum(['true', 'false']) },
    store_container_labels: { takes: z.literal('false') },
    whitelisted_container_labels: { takes: words },
    housekeeping_interval: { takes: goDuration },
    max_housekeeping_interval: { takes: goDuration },
    storage_duration: { takes: goDuration },
  },
  memoryLimit: 'variable',
  uses: { '/rootfs': { host: '/' }, '/sys': { host: '/sys' } },
  oneOf: ['containerd', 'docker'],
  together: [['containerd', 'containerd-namespace']],
};
