import type { PolicyRule } from './access.js';
import type { Capability } from './capability.js';
import type { DeclaredMetric } from './offer.js';

/** A capability that a party needs from another party. */
export interface Consumption {
  readonly capability: Capability;
  /** Only offers of this variant. @default - any */
  readonly variant?: string;
  /** Of a provider that offers several variants, only this one, if it is among them. @default - all of them */
  readonly prefer?: string;
  /** Key of the workload that consumes it. @default - the only workload of the party */
  readonly workload?: string;
  /** Whether synth fails if no party offers it. */
  readonly required: boolean;
  /** For `kubernetes-api`: cluster-wide permissions of the workload. @default - none */
  readonly rules?: readonly PolicyRule[];
  /** For `otlp-metrics`: the label `job` of its series, which is the `service.name` that it sends. @default - the name of the party */
  readonly job?: string;
  /** For `otlp-metrics`: the metrics that it sends, with the names that Prometheus gives them. @default - unknown */
  readonly declares?: Readonly<Record<string, DeclaredMetric>>;
  /** Consumed only on behalf of parties that consume this capability from the party. @default - for the party itself */
  readonly onBehalfOf?: Capability;
}

type Settings = Omit<Consumption, 'capability' | 'required'>;

/** A required consumption: without an offer, synth fails. */
export const required = (capability: Capability, settings: Settings = {}): Consumption => ({
  capability,
  required: true,
  ...settings,
});

/** An optional consumption: used if a party offers it. */
export const optional = (capability: Capability, settings: Settings = {}): Consumption => ({
  capability,
  required: false,
  ...settings,
});
