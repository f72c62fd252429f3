import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { alertmanager } from './components/alertmanager/alertmanager.js';
import { blackboxExporter } from './components/blackbox-exporter.js';
import { cadvisor } from './components/cadvisor.js';
import { grafana } from './components/grafana/grafana.js';
import { jaeger } from './components/jaeger/jaeger.js';
import { kubeStateMetrics } from './components/kube-state-metrics/kube-state-metrics.js';
import { nodeExporter } from './components/node-exporter.js';
import { prometheus } from './components/prometheus/prometheus.js';
import { atDeclaration } from './config/declaration.js';
import type { Environment } from './config/environment.js';
import { platforms } from './config/platforms.js';
import { runtimeOf, settingOf, sizingOf } from './config/setting.js';
import type { Content } from './content/content.js';
import type { Addresses } from './content/link.js';
import { select } from './content/select.js';
import { connect } from './derive/connections.js';
import { dataSourceFaults } from './derive/data-sources.js';
import { isolate } from './derive/isolation.js';
import { unknownJobs } from './derive/keep.js';
import { type LocatedParty, locate, ownNamespaces } from './derive/locate.js';
import { prerequisitesOf } from './derive/prerequisites.js';
import { declaredJobs, duplicateJobs, takenJobs } from './derive/scrape-jobs.js';
import { jobNames, wire } from './derive/wiring.js';
import { namespaces } from './kubernetes/namespace.js';
import { defaultDeny, networkPolicy } from './kubernetes/network-policy.js';
import { rbac } from './kubernetes/rbac.js';
import type { Connection } from './model/connection.js';
import { objectName, serviceHost, stackLabels } from './model/identity.js';
import type { Component, Party } from './model/party.js';
import { collect } from './output/collect.js';
import type { Stack } from './output/stack.js';
import { apiServer } from './parties/api-server.js';
import { controlPlane } from './parties/control-plane.js';
import { nameServers } from './parties/dns.js';
import { entries } from './parties/entry.js';
import { grafanaBackends } from './parties/grafana-backend.js';
import { kubelet } from './parties/kubelet.js';
import { notificationReceivers } from './parties/receivers.js';
import { remoteWriteReceivers } from './parties/remote-write.js';
import { scrapeTargets } from './parties/scrape-targets.js';

/** What an environment deploys. */
const componentsOf = (environment: Environment): Component[] => {
  const { exposure, alerting } = environment;
  const sizing = sizingOf(environment);
  const urls = exposure?.behindAuthProxy;
  return [
    prometheus({
      ...environment.prometheus,
      size: sizing.prometheus,
      retention: sizing.prometheus.retention,
      externalUrl: urls?.prometheus,
    }),
    alertmanager({ size: sizing.alertmanager, alerting, externalUrl: urls?.alertmanager }),
    grafana({
      ...environment.grafana,
      resources: sizing.grafana,
      volume: sizing.grafana.volume,
      credentialsSecret: environment.grafana.credentials?.secret,
      exposure: exposure?.grafana,
    }),
    jaeger({
      size: sizing.jaeger,
      retention: sizing.jaeger.retention,
      sampling: environment.jaeger.sampling,
      externalUrl: urls?.jaeger,
    }),
    kubeStateMetrics({ resources: sizing.kubeStateMetrics }),
    blackboxExporter({ resources: sizing.blackboxExporter }),
    ...(environment.nodeAgents.kind === 'deployed' ? nodeAgentsOf(environment) : []),
    ...environment.components,
  ];
};

const nodeAgentsOf = (environment: Environment): Component[] => {
  const sizing = sizingOf(environment);
  const { port, protection } = environment.nodeExporter;
  return [
    nodeExporter({
      port,
      resources: sizing.nodeExporter,
      protection:
        protection.kind === 'plain'
          ? protection
          : { kind: 'kube-rbac-proxy', resources: sizing.kubeRbacProxy },
    }),
    ...(environment.containerMetrics === 'cadvisor'
      ? [cadvisor({ runtime: runtimeOf(environment), resources: sizing.cadvisor })]
      : []),
  ];
};

/** What is there already. */
const outsideParties = (environment: Environment): Party[] => [
  apiServer(environment),
  kubelet(environment),
  ...controlPlane(environment),
  ...nameServers(environment),
  ...entries(environment),
  ...grafanaBackends(environment),
  ...remoteWriteReceivers(environment),
  ...scrapeTargets(environment),
  ...notificationReceivers(environment),
  ...environment.parties,
];

/** Names of the scrape jobs that there would be if the environment switched on all that it can, on any platform. */
export const possibleJobs = (environment: Environment): string[] => {
  const everything: Environment = {
    ...environment,
    nodeAgents: { kind: 'deployed' },
    containerMetrics: 'cadvisor',
    cluster: { ...environment.cluster, controlPlane: 'exposed' },
  };
  const names = Object.keys(platforms) as Environment['cluster']['platform'][];
  const onAnyPlatform = names.map((platform) => ({
    ...everything,
    cluster: { ...everything.cluster, platform },
  }));
  const parties = [...componentsOf(everything), ...onAnyPlatform.flatMap(outsideParties)];
  return [...new Set(parties.flatMap(declaredJobs))];
};

/** Where alerts lead people to. */
const addressesOf = (
  { exposure, runbooks = 'alerts', stack, namespaces }: Environment,
  parties: readonly LocatedParty[],
): Addresses => {
  const host = serviceHost({ name: objectName(stack, 'grafana'), namespace: namespaces.stack });
  const port = parties.find(({ name }) => name === 'grafana')?.endpoints.web?.port;
  return {
    runbooks,
    grafana: exposure?.grafana ? `https://${exposure.grafana.host}` : `http://${host}:${port}`,
  };
};

/** Takes an environment through the stages: parties, connections, content, wiring, charts, manifests. */
export const buildStack = (environment: Environment, content: Content): Stack => {
  const setting = settingOf(environment);
  const { names } = setting;
  const components = componentsOf(environment);
  const parties = [...components, ...outsideParties(environment)].map((party) =>
    locate(party, names),
  );
  const { connections, findings } = connect(parties, environment.choices);
  const prerequisites = prerequisitesOf(parties, connections, setting);
  const derived = jobNames(connections, setting);
  const own = environment.prometheus.scrapeConfigs.map(({ config }) => config.job_name);
  const jobs = [...new Set([...derived, ...own])].sort();
  const selection = select(content, {
    jobs,
    settings: environment.alerts,
    addresses: addressesOf(environment, parties),
  });
  const faults = [
    ...[
      ...findings,
      ...duplicateJobs(connections),
      ...takenJobs(own, derived),
      ...unknownJobs(environment.prometheus.keep, jobs),
      ...dataSourceFaults(connections),
    ].map((finding) => atDeclaration(finding, environment)),
    ...selection.findings,
  ];
  const { alerts, omissions } = selection;
  const result = { environment, parties, connections, prerequisites, jobs, alerts, omissions };
  if (faults.length > 0) return { ...result, manifests: [], findings: faults };

  const app = new App();
  // Apart from the stack's own charts, so that a component may have any name.
  const deployed = new Construct(app, 'components');
  namespaces(chart(app, 'namespaces'), names, ownNamespaces(parties));
  for (const component of components) {
    const scope = chart(deployed, component.name);
    const wiring = wire(component, connections, setting, selection.rendered);
    component.render(scope, wiring);
    for (const workload of Object.values(wiring.workloads)) rbac(scope, workload);
  }
  isolation(chart(app, 'isolation'), environment, parties, connections);
  return { ...result, ...collect(app, environment) };
};

const chart = (scope: Construct, name: string): Chart =>
  new Chart(scope, name, { disableResourceNameHashes: true });

/** The one place that emits policies. */
const isolation = (
  scope: Chart,
  { stack, cluster, otherNamespaces }: Environment,
  parties: readonly LocatedParty[],
  connections: readonly Connection[],
): void => {
  const labels = stackLabels(stack);
  for (const namespace of ownNamespaces(parties)) {
    defaultDeny(scope, objectName(stack, ''), namespace, labels);
  }
  const ends = parties.flatMap(({ name, workloads, own: isOwn }) =>
    Object.entries(workloads).map(([workload, location]) => ({
      party: name,
      workload,
      location,
      own: isOwn,
    })),
  );
  for (const one of isolate(ends, connections, Object.keys(otherNamespaces))) {
    // Workloads of others are named by them: only the party's name is unique.
    const subject = one.own ? one.workload : `${one.party}-${one.workload}`;
    networkPolicy(scope, objectName(stack, subject), one, labels, {
      plugin: cluster.networkPlugin,
      nodeCidrs: cluster.nodeCidrs,
    });
  }
};
