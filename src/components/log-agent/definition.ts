import { z } from 'zod';
import type { ConfigFault } from '../../config/faults.js';
import { bytes } from '../../config/fields.js';
import type { FoundFault } from '../../model/fault.js';
import { quantityValue } from '../../model/quantity.js';
import { collectorImage } from '../collector/image.js';
import { logStore as store } from '../collector/log-store.js';
import { defineComponent } from '../definition.js';
import { logAgent as declare } from './log-agent.js';
import { multiline } from './multiline.js';
import { multilineFaults } from './multiline-faults.js';
import { namespaces } from './namespaces.js';
import { nativeConfig } from './native.js';
import { logStore } from './store.js';

export const logAgent = defineComponent({
  name: 'log-agent',
  options: {
    /** Whether it is deployed: it then sends the output of all containers to a store. @default false */
    enabled: z.boolean().default(false),
    /** Most bytes of lines that wait on the disk of a node; the files for them have up to three times this size. */
    queue: bytes.optional(),
    /** The namespaces whose pods are read. @default - all */
    namespaces: namespaces.optional(),
    /** Containers whose messages have several lines; the first entry that matches applies. @default [] */
    multiline: z.array(multiline).default([]),
    /** What writes the files: a runtime with the interface of Kubernetes such as containerd, or Docker, to whose files they are links. @default 'cri' */
    runtime: z.enum(['cri', 'docker']).default('cri'),
    /** The SELinux type of the process, on nodes that enforce SELinux. @default - 'spc_t' on OpenShift, none elsewhere */
    seLinuxType: z
      .string({ error: "an SELinux type such as 'spc_t'" })
      .regex(/^[a-z][a-z0-9_]*$/)
      .optional(),
    /** A store of logs that Crowsnest does not deploy, by OTLP. @default - a party that offers `logs` */
    store: store.optional(),
    /** Native configuration of the collector. @default - none */
    config: nativeConfig.optional(),
  },
  sizes: {
    small: { cpu: '20m', memory: '96Mi', memoryLimit: '256Mi', queue: '256Mi' },
    medium: { cpu: '50m', memory: '128Mi', memoryLimit: '384Mi', queue: '1Gi' },
    large: { cpu: '100m', memory: '192Mi', memoryLimit: '512Mi', queue: '2Gi' },
  },
  images: { 'otel-collector': collectorImage },
  isWanted: ({ environment: { nodeAgents } }) => nodeAgents.kind === 'deployed',
  judge: ({ options, size }) => [
    ...queueFaults(size),
    ...multilineFaults(options.multiline, options.namespaces),
  ],
  parties: ({ options: { store: given } }) => (given ? [logStore(given)] : []),
  declare: ({ options, size, environment: { cluster } }) =>
    declare({
      size,
      namespaces: options.namespaces,
      multiline: options.multiline,
      runtime: options.runtime,
      seLinuxType: options.seLinuxType ?? (cluster.platform === 'openshift' ? 'spc_t' : undefined),
      store: options.store,
      processors: options.config?.processors,
    }),
});

const queueFaults = ({ queue }: { readonly queue: string }): FoundFault<ConfigFault>[] =>
  quantityValue(queue) < quantityValue('32Mi')
    ? [
        {
          fault: 'invalid-value',
          place: { path: 'queue' },
          value: queue,
          remedy: "Set it to at least '32Mi': requests of up to 2Mi wait in it.",
        },
      ]
    : [];
