import type { PolicyRule } from './access.js';
import type { Capability } from './offer.js';

/** Something that a party needs from whoever offers it. */
export interface Consumption {
  readonly capability: Capability;
  /** Only offers of this variant. @default - any */
  readonly variant?: string;
  /** Key of the workload that consumes. @default - the party's only one */
  readonly workload?: string;
  /** Whether synth fails when nobody offers it. */
  readonly required: boolean;
  /** Of `kubernetes-api`: what the workload may do in the whole cluster. @default - nothing */
  readonly rules?: readonly PolicyRule[];
}

type Settings = Omit<Consumption, 'capability' | 'required'>;

/** Needs it: without an offer, synth fails. */
export const required = (capability: Capability, settings: Settings = {}): Consumption => ({
  capability,
  required: true,
  ...settings,
});

/** Uses it where it is offered. */
export const optional = (capability: Capability, settings: Settings = {}): Consumption => ({
  capability,
  required: false,
  ...settings,
});
