import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { variableMap, wantsVariableMap } from './applications/declared/variable-map.js';
import { sdkVariables } from './applications/declared/variables.js';
import { dashboardMaps } from './components/grafana/config-maps.js';
import { failingComponent } from './config/faults.js';
import { platforms } from './config/platforms.js';
import type { Content } from './content/content.js';
import { select } from './content/select.js';
import { connect } from './derive/connections.js';
import { dashboardsUrl } from './derive/dashboards-url.js';
import { dataSourceFaults } from './derive/data-sources.js';
import { atDeclaration } from './derive/declaration.js';
import { withDistinctJobs } from './derive/distinct-jobs.js';
import { guests } from './derive/guests.js';
import { isolate } from './derive/isolation.js';
import { unknownJobs, unknownKept } from './derive/keep.js';
import { type LocatedParty, locate, ownNamespaces } from './derive/locate.js';
import { storesWithoutLines } from './derive/log-senders.js';
import { otlpReceiverFaults } from './derive/otlp-receivers.js';
import { outsideGrafanas } from './derive/outside-grafana.js';
import { prerequisitesOf } from './derive/prerequisites.js';
import { possibleProbeJobs, probeJobs } from './derive/probe-jobs.js';
import { relayFaults } from './derive/relay-faults.js';
import { declaredJobs, duplicateJobs, takenJobs } from './derive/scrape-jobs.js';
import { longTimeouts } from './derive/scrape-timeouts.js';
import { seriesSources } from './derive/series-sources.js';
import { unscrapedBy } from './derive/unscraped.js';
import { misplacedHosts } from './derive/whereabouts.js';
import { jobNames, outgoingOf, wire } from './derive/wiring.js';
import { declaredApplications } from './environment/applications.js';
import {
  type Absence,
  absencesOf,
  componentsOf,
  factsOf,
  judgedFaults,
  notDeployed,
  partiesOf,
  possibleComponents,
  withoutFact,
} from './environment/components.js';
import type { Environment } from './environment/environment.js';
import { withSource } from './environment/secret-source.js';
import { secretVersions, versionFaults } from './environment/secret-version.js';
import { settingOf } from './environment/setting.js';
import { externalSecret, waves } from './kubernetes/external-secret.js';
import { namespaces } from './kubernetes/namespace.js';
import { defaultDeny, networkPolicy } from './kubernetes/network-policy.js';
import { rbac } from './kubernetes/rbac.js';
import { sealedSecret } from './kubernetes/sealed-secret.js';
import type { Connection } from './model/connection.js';
import { type Finding, hasError } from './model/finding.js';
import { objectName, stackLabels } from './model/identity.js';
import type { Component, Party } from './model/party.js';
import { secretsAmong } from './model/prerequisite.js';
import { isPromise } from './model/unreadable.js';
import { collect } from './output/collect.js';
import type { SynthesizedStack } from './output/synthesized-stack.js';
import { annotatedPods } from './parties/annotated-pods.js';
import { apiServer } from './parties/api-server.js';
import { controlPlane } from './parties/control-plane.js';
import { nameServers } from './parties/dns.js';
import { entries } from './parties/entry.js';
import { kubelet } from './parties/kubelet.js';

/** Outside parties of an environment. */
const outsideParties = (environment: Environment): Party[] => [
  apiServer(environment),
  ...platformParties(environment),
  ...entries(environment),
  ...annotatedPods(environment),
  ...partiesOf(environment),
];

/** Outside parties whose scrape jobs depend on the platform. */
const platformParties = (environment: Environment): Party[] => [
  ...kubelet(environment),
  ...controlPlane(environment),
  ...nameServers(environment),
];

/** Names of all scrape jobs that the environment could have with other options, on any platform. */
export const possibleJobs = (environment: Environment): string[] => {
  const exposed = { ...environment.cluster, controlPlane: 'exposed' } as const;
  const names = [...Object.keys(platforms), 'generic'] as Environment['cluster']['platform'][];
  const onAnyPlatform = names.flatMap((platform) =>
    (['kubelet', 'cadvisor'] as const).flatMap((containerMetrics) =>
      platformParties({ ...environment, containerMetrics, cluster: { ...exposed, platform } }),
    ),
  );
  const parties = [
    ...possibleComponents(environment),
    ...outsideParties(environment),
    ...onAnyPlatform,
  ];
  return [...new Set([...parties.flatMap(declaredJobs), ...possibleProbeJobs])];
};

/** Why content is left out that needs the job of a disabled component, by job name. */
const withoutJob = (absent: readonly Absence[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    absent.flatMap(({ component }) =>
      declaredJobs(component).map((job) => [job, notDeployed(component)]),
    ),
  );

/** Runs the stages for an environment: parties, connections, content, wiring, charts, manifests. */
export const buildStack = (
  environment: Environment,
  content: Content,
  components: readonly Component[] = componentsOf(environment),
): SynthesizedStack => {
  const setting = settingOf(environment);
  const { names } = setting;
  const parties = withDistinctJobs([...components, ...outsideParties(environment)]).map((party) =>
    locate(party, names),
  );
  const { connections, findings } = connect(parties, environment.choices);
  const { prerequisites, faults: secretFaults } = withSource(
    prerequisitesOf(parties, connections, setting),
    environment.secrets,
    environment.sealedFiles,
  );
  const secretVersion = secretVersions(environment.secrets, prerequisites);
  const derived = jobNames(connections, setting);
  const outgoing = outgoingOf(connections, setting);
  const probes = probeJobs(outgoing, outgoing).map((job) => job.job_name);
  const absent = absencesOf(environment);
  const reasons = withoutJob(absent);
  const own = environment.prometheus.scrapeConfigs.map(({ config }) => config.job_name);
  const jobs = [...new Set([...derived, ...own])].sort();
  const selection = select(content, {
    jobs: [...jobs, ...factsOf(environment, connections)],
    settings: environment.alerts,
    scrapeInterval: setting.scrapeInterval,
    addresses: {
      runbooks: environment.runbooks ?? 'alerts',
      grafana: dashboardsUrl(parties, names),
    },
    logs: connections.some(
      ({ capability, offer }) =>
        capability === 'logql' || (capability === 'datasource' && offer.variant === 'loki'),
    ),
    unscraped: unscrapedBy(
      // Other servers can have any series.
      environment.prometheus.enabled && environment.prometheus.remoteRead.length === 0
        ? seriesSources(
            connections,
            jobs,
            environment.prometheus.scrapeConfigs.map(({ config }) => config),
          )
        : [],
    ),
    ...(jobs.length > 0
      ? { without: { ...withoutFact(environment), ...reasons } }
      : { without: withoutFact(environment), nothingScraped: notDeployed({ name: 'prometheus' }) }),
  });
  const faults = [
    ...judgedFaults(environment),
    // The paths of these are those of options.
    ...takenJobs(own, derived),
    ...unknownJobs(environment.prometheus.keep, jobs),
    ...unknownKept(environment.prometheus.keep, connections),
    ...secretFaults,
    ...versionFaults(environment.secrets, prerequisites),
    ...[
      ...findings,
      ...duplicateJobs(connections, parties, probes),
      ...longTimeouts(connections, setting.scrapeInterval),
      ...dataSourceFaults(connections),
      ...otlpReceiverFaults(connections),
      ...relayFaults(parties, connections, environment.choices),
      ...storesWithoutLines(parties, connections),
      ...misplacedHosts(connections),
      ...guests(parties),
    ].map((finding) => atDeclaration(finding, parties)),
    ...selection.findings,
  ];
  const { alerts, omissions } = selection;
  const result = {
    absent,
    absentJobs: Object.keys(reasons).filter((name) => !jobs.includes(name)),
    environment,
    parties,
    connections,
    prerequisites,
    jobs,
    alerts,
    omissions,
  };
  if (hasError(faults)) return { ...result, manifests: [], findings: faults };

  const app = new App();
  // Outside the charts of the stack, so that a component can have any name.
  const deployed = new Construct(app, 'components');
  const copied = secretsAmong(prerequisites).filter(({ remote, sealed }) => remote ?? sealed);
  namespaces(
    chart(app, 'namespaces'),
    names,
    ownNamespaces(parties),
    copied.length > 0 ? waves.namespaces : {},
  );
  if (copied.length > 0) {
    const scope = chart(app, 'secrets');
    const { source } = environment.secrets;
    for (const one of copied) {
      if (source?.kind === 'external-secrets')
        externalSecret(scope, names.stack, one, source.refreshInterval);
      else sealedSecret(scope, names.stack, one);
    }
  }
  const withVersions = { ...setting, secretVersion };
  const failures = components.flatMap((component): Finding[] => {
    const scope = chart(deployed, component.name);
    const wiring = wire(component, connections, withVersions, selection.content);
    try {
      const result: unknown = component.render(scope, wiring);
      if (isPromise(result)) throw new Error('it is asynchronous: remove async.');
    } catch (error) {
      if (!component.declaration) throw error;
      const place = { file: environment.file, path: component.declaration.path };
      return [failingComponent(component.name, place, 'render', error)];
    }
    for (const workload of Object.values(wiring.workloads)) rbac(scope, workload);
    return [];
  });
  if (failures.length > 0) return { ...result, manifests: [], findings: failures };
  const outside = new Construct(app, 'outside');
  for (const { party, labels, ...where } of outsideGrafanas(parties, names)) {
    dashboardMaps(chart(outside, `${party}-dashboards`), selection.content.dashboards, {
      ...where,
      stack: names.stack,
      labels: { ...stackLabels(names.stack), ...labels },
      shards: environment.grafana.dashboardShards,
    });
  }
  for (const one of declaredApplications(environment).filter(wantsVariableMap)) {
    const variables = sdkVariables(one, outgoing);
    if (variables) variableMap(chart(outside, `${one.name}-otel`), names.stack, one, variables);
  }
  isolation(chart(app, 'isolation'), environment, parties, connections);
  const collected = collect(app, environment);
  return { ...result, ...collected, findings: [...faults, ...collected.findings] };
};

const chart = (scope: Construct, name: string): Chart =>
  new Chart(scope, name, { disableResourceNameHashes: true });

/** Adds all network policies; nothing else adds any. */
const isolation = (
  scope: Chart,
  { stack, cluster, otherNamespaces }: Environment,
  parties: readonly LocatedParty[],
  connections: readonly Connection[],
): void => {
  const labels = stackLabels(stack);
  const own = ownNamespaces(parties);
  for (const namespace of own) {
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
  for (const one of isolate(ends, connections, [...own, ...Object.keys(otherNamespaces)])) {
    // The policy of an outside party has its name: workload names of outside parties are not unique.
    const subject = one.own ? one.workload : `${one.party}-${one.workload}`;
    networkPolicy(scope, objectName(stack, subject), one, labels, {
      plugin: cluster.networkPlugin,
      nodeCidrs: cluster.nodeCidrs,
    });
  }
};
