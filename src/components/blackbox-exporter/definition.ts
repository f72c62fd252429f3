import { z } from 'zod';
import { connectionsFor } from '../../model/connection.js';
import { defineComponent } from '../definition.js';
import { blackboxExporter as declare } from './blackbox-exporter.js';
import { moduleName, nativeModule } from './native-module.js';
import { isOutside, pageProxy, probe, probedPages } from './probed-page.js';
import { validate } from './validate.js';

export const blackboxExporter = defineComponent({
  name: 'blackbox-exporter',
  options: {
    /**
     * Pages of your own to probe, such as `[{ url: 'https://shop.example.com/health' }]`: with a policy, the
     * labels `instance` (the URL) and `service`, the dashboard and the alerts about probes.
     */
    probes: z.array(probe).default([]),
    /**
     * Modules for other protocols than HTTP, in native configuration of blackbox-exporter:
     * `{ tls: { prober: 'tcp', tcp: { tls: true } } }`, for `probes: [{ target: 'db.example.com:5432', module: 'tls' }]`.
     */
    modules: z
      .record(
        moduleName,
        z.lazy(() => nativeModule),
      )
      .default({}),
    /**
     * Why ICMP probes may reach every port of their targets, for modules with the prober `icmp`: a network policy
     * cannot allow only ICMP. Listed in the generated README.
     * @default - no module may have this prober
     */
    icmp: z
      .string({
        error:
          'a reason of at least 10 characters why ICMP probes may reach every port of their targets',
      })
      .min(10)
      .optional(),
  },
  sizes: {
    small: { cpu: '10m', memory: '32Mi', memoryLimit: '128Mi' },
    medium: { cpu: '20m', memory: '32Mi', memoryLimit: '128Mi' },
    large: { cpu: '50m', memory: '64Mi', memoryLimit: '256Mi' },
  },
  images: {
    // The image has no numeric user, and there is no distroless image of this version.
    'blackbox-exporter': {
      repository: 'quay.io/prometheus/blackbox-exporter',
      tag: 'v0.28.0',
      user: 65534,
      group: 65534,
      entrypoint: '/bin/blackbox_exporter',
      shell: true,
      dockerfile: 'https://github.com/prometheus/blackbox_exporter/blob/v0.28.0/Dockerfile',
    },
  },
  facts: {
    'configured:https-probes': {
      without: 'nothing is probed over HTTPS',
      holds: (_, connections) =>
        connectionsFor(connections, 'health').some(
          ({ consumer, endpoint }) =>
            consumer.party === 'blackbox-exporter' && endpoint.scheme === 'https',
        ),
    },
  },
  declare: ({ size, options, environment: { proxy } }) =>
    declare({
      resources: size,
      modules: options.modules,
      certificateAuthority: options.probes.some(isOutside)
        ? proxy?.certificateAuthority
        : undefined,
    }),
  parties: ({ options: { probes, modules, icmp }, environment: { proxy } }) => [
    ...probedPages(probes, { modules, icmp, proxy }),
    ...pageProxy(probes, proxy),
  ],
  validate,
});
