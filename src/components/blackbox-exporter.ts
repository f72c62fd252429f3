import type { Resources } from '../config/sizing.js';
import { configMap } from '../kubernetes/config-map.js';
import { workload } from '../kubernetes/workload.js';
import { connectionsFor } from '../model/connection.js';
import { optional, required } from '../model/consumption.js';
import { health, metrics, offer } from '../model/offer.js';
import type { Component } from '../model/party.js';
import { type ProbeModule, probeModuleOf } from '../model/probe-module.js';
import type { Wiring } from '../model/wiring.js';
import { toYaml } from '../model/yaml.js';

export interface BlackboxExporterOptions {
  readonly resources: Resources;
}

const configFolder = '/etc/blackbox_exporter';

/** blackbox-exporter: asks every health page of the stack as a client would. */
export const blackboxExporter = ({ resources }: BlackboxExporterOptions): Component => ({
  name: 'blackbox-exporter',
  endpoints: {
    web: {
      port: 9115,
      offers: [metrics(), offer('probes', { path: '/probe' }), health('/-/healthy')],
    },
  },
  consumes: [required('dns'), optional('health')],
  replicasReason: 'it keeps nothing, and another is there as soon as it is gone',
  render: (scope, wiring) => {
    const { identity } = wiring.workloads['blackbox-exporter']!;
    const config = configMap(scope, identity, 'config', {
      'config.yml': toYaml({ modules: modulesOf(wiring.outgoing) }),
    });
    workload(scope, wiring, 'blackbox-exporter', {
      kind: 'Deployment',
      replicas: 1,
      containers: [
        {
          name: 'blackbox-exporter',
          image: 'blackbox-exporter',
          args: [`--config.file=${configFolder}/config.yml`, '--config.enable-auto-reload'],
          endpoints: ['web'],
          resources,
          mounts: [
            { name: 'config', path: configFolder, source: { kind: 'config-map', name: config } },
          ],
        },
      ],
    });
  },
});

/** The modules that its connections need, and one at the least: it does not start without. */
const modulesOf = (outgoing: Wiring['outgoing']): object => {
  const needed = connectionsFor(outgoing, 'health').map(({ endpoint }) => probeModuleOf(endpoint));
  const plain = probeModuleOf({ port: 80, offers: [] });
  return Object.fromEntries([plain, ...needed].map((one) => [one.name, moduleOf(one)]));
};

const moduleOf = ({ tls }: ProbeModule): object => ({
  prober: 'http',
  timeout: '5s',
  http: {
    valid_status_codes: [200],
    follow_redirects: false,
    preferred_ip_protocol: 'ip4',
    ...(tls && { tls_config: tls }),
  },
});
