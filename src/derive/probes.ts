import type { Endpoint } from '../model/endpoint.js';
import type { HealthOffer } from '../model/offer.js';
import { type Probes, probesOf } from '../model/probe.js';

/** The probes of the endpoints that offer `health`, by endpoint name. */
export const probes = (endpoints: Readonly<Record<string, Endpoint>>): Record<string, Probes> => {
  const found: Record<string, Probes> = {};
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const offer = endpoint.offers.find(
      (candidate): candidate is HealthOffer => candidate.capability === 'health',
    );
    if (offer) found[name] = probesOf(endpoint, offer);
  }
  return found;
};
