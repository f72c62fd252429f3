import type { Resources } from '../../config/size.js';
import { mountFiles, writeFile } from '../../kubernetes/config-files.js';
import { trustMounts } from '../../kubernetes/volume.js';
import { workload } from '../../kubernetes/workload.js';
import { connectionsFor } from '../../model/connection.js';
import { optional, required } from '../../model/consumption.js';
import { health, metrics, offer } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { type ProbeModule, probeModuleOf } from '../../model/probe-module.js';
import {
  type CertificateAuthority,
  trustEnvironment,
  trustPrerequisite,
} from '../../model/trust.js';
import type { Wiring } from '../../model/wiring.js';
import { type BlackboxConfig, configFile, configFolder } from './file.js';
import { type NativeModule, writtenModule } from './native-module.js';
import { program } from './program.js';

export interface BlackboxExporterOptions {
  readonly resources: Resources;
  /** Further modules. @default - none */
  readonly modules?: Readonly<Record<string, NativeModule>>;
  /** Further certificate authorities of pages and of the proxy. @default - only public ones */
  readonly certificateAuthority?: CertificateAuthority;
}

/** blackbox-exporter: probes every health page of the stack as a client does. */
export const blackboxExporter = ({
  resources,
  modules = {},
  certificateAuthority,
}: BlackboxExporterOptions): Component => ({
  name: 'blackbox-exporter',
  endpoints: {
    web: {
      port: 9115,
      offers: [metrics(), offer('probes', { path: '/probe' }), health('/-/healthy')],
    },
  },
  consumes: [
    required('dns'),
    optional('health', { onBehalfOf: 'probes' }),
    optional('probe-proxy'),
  ],
  replicasReason: 'it stores nothing, and a new pod replaces it at once',
  rereads: { except: [] },
  prerequisites: trustPrerequisite(certificateAuthority, 'used to verify pages'),
  programs: { 'blackbox-exporter': program },
  render: (scope, wiring) => {
    const { identity, endpoints, secrets } = wiring.workloads['blackbox-exporter']!;
    const config = mountFiles(scope, identity, 'config', configFolder, [
      writeFile(configFile, { modules: { ...modulesOf(wiring.outgoing), ...mapped(modules) } }),
    ]);
    workload(scope, wiring, 'blackbox-exporter', {
      kind: 'Deployment',
      replicas: 1,
      pings: Object.values(modules).some(({ prober }) => prober === 'icmp'),
      containers: [
        {
          name: 'blackbox-exporter',
          image: 'blackbox-exporter',
          args: [
            `--config.file=${configFile.path}`,
            '--config.enable-auto-reload',
            `--web.listen-address=:${endpoints.web!.port}`,
          ],
          endpoints: ['web'],
          resources,
          goMemoryLimit: true,
          env: trustEnvironment(certificateAuthority),
          mounts: [config, ...trustMounts(certificateAuthority, secrets)],
        },
      ],
    });
  },
});

type Modules = BlackboxConfig['modules'];

/** The modules that its connections need; at least one, since it does not start without. */
const modulesOf = (outgoing: Wiring['outgoing']): Modules => {
  const needed = connectionsFor(outgoing, 'health').map(({ endpoint }) => probeModuleOf(endpoint));
  const plain = probeModuleOf({ port: 80, offers: [] });
  const pages = [plain, ...needed].filter(({ native }) => !native);
  return Object.fromEntries(pages.map((one) => [one.name, moduleOf(one)]));
};

const mapped = (modules: Readonly<Record<string, NativeModule>>): Modules =>
  Object.fromEntries(Object.entries(modules).map(([name, one]) => [name, writtenModule(one)]));

const moduleOf = ({ tls, status, followRedirects, proxy }: ProbeModule): Modules[string] => ({
  prober: 'http',
  timeout: '5s',
  http: {
    valid_status_codes: [...status],
    follow_redirects: followRedirects,
    preferred_ip_protocol: 'ip4',
    ...(tls && { tls_config: tls }),
    // The proxy resolves the name of the page.
    ...(proxy && { proxy_url: proxy, skip_resolve_phase_with_proxy: true }),
  },
});
