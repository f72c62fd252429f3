import { type Capability, capabilityFacts } from '../model/capability.js';
import type { Connection, End } from '../model/connection.js';
import type { Consumption } from '../model/consumption.js';
import type { Finding } from '../model/finding.js';
import { isRelay } from '../model/relay.js';
import { suggest } from '../model/suggestion.js';
import { clashes } from './clash.js';
import { connectionFinding } from './faults.js';
import type { LocatedParty } from './locate.js';

/**
 * The provider of a capability that is consumed from exactly one party, if several offer it: by
 * capability, or for one consumer by `consumer.capability`.
 */
export type Choices = Readonly<Record<string, string>>;

/** The path of a choice in an environment. */
export const choicePath = (key: string): string =>
  key.includes('.') ? `choices['${key}']` : `choices.${key}`;

export interface Connected {
  readonly connections: readonly Connection[];
  readonly findings: readonly Finding[];
}

/** Pairs every consumption with the offers that meet it. */
export const connect = (parties: readonly LocatedParty[], choices: Choices): Connected => {
  const findings: Finding[] = [...unknownChoices(parties, choices), ...clashes(parties)];
  const connections: Connection[] = [];
  for (const consumer of parties) {
    for (const consumption of consumer.consumes) {
      if (!isAsked(consumer, consumption, parties)) continue;
      const met = providersOf(consumer, consumption, parties, choices);
      connections.push(...met.connections);
      findings.push(...met.findings);
    }
  }
  return { connections, findings };
};

/** Whether another party consumes the capability on whose behalf the party consumes. */
const isAsked = (
  consumer: LocatedParty,
  { onBehalfOf }: Consumption,
  parties: readonly LocatedParty[],
): boolean =>
  onBehalfOf === undefined ||
  parties.some((one) =>
    one.consumes.some(
      (consumption) =>
        consumption.capability === onBehalfOf && offersTo(consumption, consumer).length > 0,
    ),
  );

const providersOf = (
  consumer: LocatedParty,
  consumption: Consumption,
  parties: readonly LocatedParty[],
  choices: Choices,
): Connected => {
  const take = capabilityFacts(consumption.capability).from;
  const candidates = parties.filter(
    (party) =>
      (take === 'all' || (take === 'own') === (party === consumer)) &&
      offersTo(consumption, party).length > 0,
  );
  if (candidates.length === 0) {
    return {
      connections: [],
      findings: consumption.required ? [nobody(consumer, consumption)] : [],
    };
  }
  const chosen =
    choices[`${consumer.name}.${consumption.capability}`] ?? choices[consumption.capability];
  const providers =
    take === 'one' && candidates.length > 1
      ? selected(consumer, candidates, consumption, chosen)
      : candidates;
  if (providers.length === 0) {
    // A choice of an unknown party has its own finding.
    const named = chosen === undefined || parties.some(({ name }) => name === chosen);
    return {
      connections: [],
      findings: named ? [ambiguous(consumer, consumption, candidates)] : [],
    };
  }
  const from = endOf(consumer, consumption.workload);
  return {
    connections: providers
      .flatMap((provider) =>
        offersTo(consumption, provider).map(({ endpointName, endpoint, offer }) => ({
          capability: consumption.capability,
          consumer: from,
          consumption,
          provider: endOf(provider, endpoint.workload),
          endpointName,
          endpoint,
          offer,
        })),
      )
      .filter(isReachable),
    findings: [],
  };
};

/**
 * The chosen one of several providers. Without a choice, it is the only one that also consumes the
 * capability: it is in front of the others, and passes on what it gets. Two of these could send to each
 * other, so the choice of such a consumer is explicit.
 */
const selected = (
  consumer: LocatedParty,
  candidates: readonly LocatedParty[],
  { capability }: Consumption,
  chosen: string | undefined,
): readonly LocatedParty[] => {
  if (chosen !== undefined) return candidates.filter(({ name }) => name === chosen);
  if (isRelay(consumer, capability)) return [];
  const inFront = candidates.filter((party) => isRelay(party, capability));
  return inFront.length === 1 ? inFront : [];
};

/**
 * Whether a prober has an address for a health page: pods on each node have no Service, and others
 * have only the host that is declared. The kubelet requests these pages anyway.
 */
const isReachable = ({ capability, provider, endpoint }: Connection): boolean => {
  if (capability !== 'health') return true;
  if (!provider.own) return endpoint.host !== undefined;
  return provider.location.kind !== 'pods' || !provider.location.onEachNode;
};

const offersTo = ({ capability, variant, prefer }: Consumption, party: LocatedParty) => {
  const all = Object.entries(party.endpoints).flatMap(([endpointName, endpoint]) =>
    endpoint.offers
      .filter(
        (offer) =>
          offer.capability === capability && (variant === undefined || offer.variant === variant),
      )
      .map((offer) => ({ endpointName, endpoint, offer })),
  );
  const preferred = all.filter(({ offer }) => offer.variant === prefer);
  return prefer !== undefined && preferred.length > 0 ? preferred : all;
};

/** The end of `party` at a workload: its only one if none is named. */
const endOf = (party: LocatedParty, workload?: string): End => {
  const keys = Object.keys(party.workloads);
  const key = workload ?? (keys.length === 1 ? keys[0] : undefined);
  const location = key === undefined ? undefined : party.workloads[key];
  if (key === undefined || location === undefined) {
    throw new Error(
      `Party '${party.name}' has the workloads ${keys.join(', ')}: each of its endpoints and ` +
        `consumptions must name one of them, but one names ${workload ?? 'none'}.`,
    );
  }
  return { party: party.name, workload: key, location, own: party.own };
};

const nobody = (consumer: LocatedParty, consumption: Consumption): Finding => {
  const { options } = capabilityFacts(consumption.capability);
  return connectionFinding({
    fault: 'no-provider',
    place: { path: consumer.name },
    message: `${consumer.name} requires ${nameOf(consumption)}, but nothing in this environment offers it.`,
    remedy:
      options && consumption.variant === undefined
        ? `${options}, or add an outside party that offers ${nameOf(consumption)}.`
        : `Add a component or an outside party that offers ${nameOf(consumption)}.`,
  });
};

const ambiguous = (
  consumer: LocatedParty,
  consumption: Consumption,
  candidates: readonly LocatedParty[],
): Finding => {
  const names = candidates.map(({ name }) => name);
  // A choice for all would also be about those who consume from this party.
  const key = isRelay(consumer, consumption.capability)
    ? `${consumer.name}.${consumption.capability}`
    : consumption.capability;
  return connectionFinding({
    fault: 'several-providers',
    place: { path: choicePath(key) },
    message: `${consumer.name} consumes ${nameOf(consumption)} from exactly one party, but ${names.join(' and ')} offer it.`,
    remedy: `Choose one: choices: { ${JSON.stringify(key)}: ${names.map((name) => `'${name}'`).join(' | ')} }.`,
  });
};

const unknownChoices = (parties: readonly LocatedParty[], choices: Choices): Finding[] =>
  Object.entries(choices).flatMap(([key, name]) => {
    const [capability = '', consumer] = key.split('.').reverse();
    const names = parties.map((party) => party.name);
    if (consumer !== undefined && !names.includes(consumer))
      return [noConsumer(key, consumer, names)];
    const offering = parties
      .filter(
        (party) =>
          offersTo({ capability: capability as Capability, required: false }, party).length,
      )
      .map((party) => party.name);
    if (offering.includes(name)) return [];
    const suggestion = suggest(name, offering);
    return [
      connectionFinding({
        fault: 'unknown-choice',
        place: { path: choicePath(key) },
        message: `No party named '${name}' offers ${capability}.`,
        value: name,
        remedy: offering.length
          ? `Use one of ${offering.join(', ')}.`
          : 'Remove the choice: nothing in this environment offers it.',
        ...(suggestion ? { suggestion } : {}),
      }),
    ];
  });

const noConsumer = (key: string, consumer: string, names: readonly string[]): Finding => {
  const suggestion = suggest(consumer, names);
  return connectionFinding({
    fault: 'unknown-choice',
    place: { path: choicePath(key) },
    message: `No party is named '${consumer}'.`,
    value: consumer,
    remedy: `Use one of ${names.join(', ')}.`,
    ...(suggestion ? { suggestion } : {}),
  });
};

const nameOf = ({ capability, variant }: Consumption): string =>
  variant === undefined ? capability : `${capability} (${variant})`;
