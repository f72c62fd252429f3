import {
  authenticationOf,
  type Connection,
  connectionsFor,
  type End,
} from '../model/connection.js';
import type { SelectedContent } from '../model/content.js';
import { clientPort, secretsOf } from '../model/endpoint.js';
import { identityOf, replicaName, serviceHost } from '../model/identity.js';
import { jobNameOf, type Offer, replicaOf, secretsOfOffer } from '../model/offer.js';
import type { Component } from '../model/party.js';
import type { Outgoing, Setting, Wiring, WorkloadWiring } from '../model/wiring.js';
import { accessOf, hasAccess } from './access.js';
import { alertmanagers } from './alertmanagers.js';
import { dataSources } from './data-sources.js';
import { exposedBy, keptOf } from './keep.js';
import { ownWorkloads } from './locate.js';
import { probeJobs } from './probe-jobs.js';
import { probes } from './probes.js';
import { scrapeJobs } from './scrape-jobs.js';

/** All data derived from the connections of one component. */
export const wire = (
  component: Component,
  connections: readonly Connection[],
  setting: Setting,
  content: SelectedContent,
): Wiring => {
  const all = outgoingOf(connections, setting);
  const outgoing = all.filter(({ consumer }) => consumer.party === component.name);
  const workloads = Object.keys(ownWorkloads(component)).map((key): [string, WorkloadWiring] => [
    key,
    wireWorkload(component, key, outgoing, setting),
  ]);
  const kept = keptOf(setting.keep, content);
  return {
    setting,
    workloads: Object.fromEntries(workloads),
    outgoing,
    incoming: connections.filter(({ provider }) => provider.party === component.name),
    scrapeJobs: [...scrapeJobs(outgoing, kept), ...probeJobs(outgoing, all)],
    exposed: exposedBy(component, kept),
    alertmanagers: alertmanagers(outgoing),
    dataSources: dataSources(outgoing, setting.scrapeInterval),
    content,
  };
};

/** The names of all scrape jobs, of all parties. */
export const jobNames = (connections: readonly Connection[], setting: Setting): string[] => {
  const all = outgoingOf(connections, setting);
  return distinct([
    ...connectionsFor(all, 'metrics').map(({ offer, provider }) =>
      jobNameOf(offer, provider.party),
    ),
    ...probeJobs(all, all).map((job) => job.job_name),
  ]);
};

/** Connections with the URLs of their providers. */
export const outgoingOf = (connections: readonly Connection[], setting: Setting): Outgoing[] =>
  connections.map((connection) => ({ ...connection, url: urlOf(connection, setting) }));

const wireWorkload = (
  component: Component,
  key: string,
  outgoing: readonly Connection[],
  { names, version, priorityClass }: Setting,
): WorkloadWiring => {
  const workloads = ownWorkloads(component);
  const location = workloads[key]!;
  const onlyOne = Object.keys(workloads).length === 1;
  const mine = outgoing.filter(({ consumer }) => consumer.workload === key);
  const endpoints = Object.fromEntries(
    Object.entries(component.endpoints).filter(
      ([, endpoint]) => endpoint.workload === key || (onlyOne && endpoint.workload === undefined),
    ),
  );
  const authentications = mine.flatMap((one) => authenticationOf(one) ?? []);
  const access = accessOf(mine);
  return {
    identity: identityOf(names, component.name, key, location, version(component.name)),
    hostNetwork: location.hostNetwork ?? false,
    priorityClass: priorityClass(component.name),
    endpoints,
    probes: probes(endpoints),
    access: hasAccess(access) ? access : undefined,
    clusterCa: mine.some(
      ({ endpoint: { scheme, verification } }) =>
        scheme === 'https' && (verification?.kind ?? 'cluster-ca') === 'cluster-ca',
    ),
    tokenAudiences: distinct(
      authentications.flatMap((one) => (one.kind === 'token' ? (one.audience ?? []) : [])),
    ),
    secrets: distinct(
      [
        ...authentications.flatMap(secretsOf),
        ...mine.flatMap(({ offer }) => secretsOfOffer(offer)),
      ].map(({ secret }) => secret),
    ),
  };
};

/** Where a consumer reaches a provider: its Service, or the host of the endpoint. */
const urlOf = (
  { provider, endpoint, offer }: Connection,
  { names }: Setting,
): string | undefined => {
  const host =
    endpoint.host ?? (provider.own ? ownHost(ownIdentity(provider, names), offer) : undefined);
  if (host === undefined || endpoint.protocol === 'UDP') return undefined;
  return `${endpoint.scheme ?? 'http'}://${host}:${clientPort(endpoint)}${pathOf(offer)}`;
};

/** The host of a Service of the stack: of all replicas, or of the only one with the offer. */
const ownHost = (identity: Parameters<typeof serviceHost>[0], offer: Offer): string => {
  const replica = replicaOf(offer);
  return serviceHost(
    replica === undefined ? identity : { ...identity, name: replicaName(identity, replica) },
  );
};

const ownIdentity = ({ party, workload, location }: End, names: Setting['names']) => {
  if (location.kind !== 'pods') throw new Error(`${party}: a component runs in pods.`);
  const namespace = location.namespace === names.namespaces.stack ? 'stack' : 'nodeAgents';
  return identityOf(names, party, workload, { namespace });
};

const pathOf = (offer: Offer): string => {
  switch (offer.capability) {
    case 'metrics':
      return offer.path;
    case 'health':
      return offer.ready ?? offer.live;
    default:
      return offer.path ?? '';
  }
};

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();
