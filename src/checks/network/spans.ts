import { defineCheck } from '../../model/check.js';
import { connectionsFor } from '../../model/connection.js';
import type { FaultKinds } from '../../model/fault.js';
import { titleOf } from '../../model/manifest.js';
import { isAt, templatesIn } from '../support/pod/template.js';
import { named } from '../support/untyped.js';

const faults = {
  'no-sender': {
    what: 'No application may send spans, so nothing is stored.',
    why: 'The network policies admit only applications that consume traces, and the environment declares none.',
    example: "stage: 'production'   // and no party consumes traces",
    fix: "Set traces: true in the application({ … }) of each application that sends spans, or declare it in parties with consumes: [required('traces', { variant: 'grpc' })].",
    severity: 'warning',
  },
} satisfies FaultKinds;

const check = defineCheck({
  faults,
  summary:
    'In production, at least one application may send spans: the network policies admit only parties that consume `traces`, so without one no traces are stored.',
  run: ({ manifests, connections, components, stage }) => {
    if (stage !== 'production') return [];
    const receiving = components.filter(({ offers }) => offers.includes('traces'));
    // A gateway sends to the store of traces: only the gateway waits for applications.
    const isGateway = (party: string) => receiving.some(({ name }) => name === party);
    const all = connectionsFor(connections, 'traces');
    if (all.some(({ consumer }) => !isGateway(consumer.party))) return [];
    const behind = all.map(({ provider }) => provider.party);
    const receivers = receiving
      .filter(({ name }) => !behind.includes(name))
      .flatMap(({ workloads }) => workloads);
    return templatesIn(named(manifests))
      .filter((template) => receivers.some((one) => isAt(template, one)))
      .map(({ manifest: { object, construct } }) => ({
        place: { object: titleOf(object), construct },
        fault: 'no-sender',
      }));
  },
});

export default check;
