import { z } from 'zod';
import { defineComponent, volumeOptions } from '../definition.js';
import { publicationOf } from '../exposure.js';
import { jaeger as declare } from './jaeger.js';
import { dataFolder } from './program.js';
import { verifyScript } from './verify.js';

const share = z.number({ error: 'a ratio from 0 to 1' }).min(0).max(1);

export const jaeger = defineComponent({
  name: 'jaeger',
  options: {
    ...volumeOptions,
    /** Retention of spans. */
    retention: z
      .string({ error: "a duration in hours such as '72h'" })
      .regex(/^[1-9]\d*h$/)
      .optional(),
    /** Sampling strategies for the clients that get them from Jaeger. */
    sampling: z
      .strictObject({
        /** Ratio of traces that clients keep. @default 0.1 */
        default: share.default(0.1),
        /** The same ratio by service name. */
        services: z.record(z.string().min(1), share).default({}),
      })
      .prefault({}),
  },
  sizes: {
    small: { cpu: '50m', memory: '256Mi', memoryLimit: '1Gi', volume: '5Gi', retention: '72h' },
    medium: { cpu: '250m', memory: '1Gi', memoryLimit: '4Gi', volume: '50Gi', retention: '168h' },
    large: { cpu: '1', memory: '4Gi', memoryLimit: '12Gi', volume: '200Gi', retention: '168h' },
  },
  images: {
    jaeger: {
      repository: 'docker.io/jaegertracing/jaeger',
      tag: '2.20.0',
      user: 10001,
      group: 10001,
      entrypoint: '/cmd/jaeger/jaeger-linux',
      shell: true,
      dockerfile: 'https://github.com/jaegertracing/jaeger/blob/v2.20.0/cmd/jaeger/Dockerfile',
    },
  },
  copies: ({ size: { volume } }) => [
    {
      workload: 'jaeger',
      replicas: 1,
      path: dataFolder,
      volume,
      image: 'jaeger',
      // Badger writes its tables and its value log at different times.
      stopped: true,
      verify: { program: 'jaeger', command: ['/bin/sh', '-c', verifyScript(dataFolder)] },
      without: ['lost+found'],
      loss: 'spans that arrive while Jaeger is stopped',
    },
  ],
  declare: ({ options, size, environment: { exposure } }) =>
    declare({
      size,
      claimTemplate: options.claimTemplate,
      retention: size.retention,
      sampling: options.sampling,
      published: publicationOf('jaeger', exposure?.behindAuthProxy),
    }),
});
