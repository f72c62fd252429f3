import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'missing-object': {
    what: 'The object refers to another one that does not exist.',
    why: 'The pod does not start, or the object has no effect.',
    example: 'volumes:\n  - configMap: { name: crowsnest-promtheus-config }',
    fix: 'Refer to an object that ships, or declare it as a prerequisite of the party that needs it.',
  },
  'missing-part': {
    what: 'The object refers to one of its own parts, which does not exist.',
    why: 'The API server rejects the object, or a part of it has no effect.',
    example: 'volumeMounts:\n  - name: dta   # the pod has the volume data',
    fix: 'Refer to a part that exists.',
  },
  'missing-key': {
    what: 'The object refers to a key or a port that the other object does not have.',
    why: 'The pod does not start, or connections fail.',
    example: 'targetPort: wbe   # the container has the port web',
    fix: 'Refer to a key or a port that exists.',
  },
  'no-pods': {
    what: 'No workload has pods with these labels.',
    why: 'The object has no effect.',
    example: 'selector:\n  app.kubernetes.io/name: promtheus',
    fix: 'Select by labels that the pods of a workload have.',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
