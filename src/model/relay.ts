import type { Capability } from './capability.js';
import type { Party } from './party.js';

/** Whether a party offers a capability that it also consumes: what it gets from clients, it passes on. */
export const isRelay = (
  { consumes, endpoints }: Pick<Party, 'consumes' | 'endpoints'>,
  capability: Capability,
): boolean =>
  consumes.some((one) => one.capability === capability) &&
  Object.values(endpoints).some(({ offers }) =>
    offers.some((one) => one.capability === capability),
  );
