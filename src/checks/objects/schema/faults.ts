import type { FaultKinds, FoundFault } from '../../../model/fault.js';
import type { ObjectFault } from '../../support/pod/fault.js';

export const faults = {
  'duplicate-object': {
    what: 'Two objects have the same kind, namespace and name.',
    why: 'The one that is applied last overwrites the other.',
    example: 'kind: Service\nmetadata: { namespace: crowsnest, name: shop }   # twice',
    fix: 'Rename one of them, or remove it.',
  },
  'no-schema': {
    what: 'The kind of this object is unknown, so its fields are not checked.',
    why: 'A mistake in it is only found by the cluster.',
    example: 'apiVersion: cert-manager.io/v1\nkind: Certificate',
    fix: 'Try it against a cluster: kubectl apply --dry-run=server.',
    severity: 'warning',
  },
  'unserved-kind': {
    what: 'Kubernetes does not serve this apiVersion and kind in a stable version.',
    why: 'The API server rejects the object.',
    example: 'apiVersion: apps/v1beta1\nkind: Deployment',
    fix: 'Use an apiVersion and a kind that every cluster serves.',
  },
  'unknown-field': {
    what: 'The field does not exist.',
    why: 'The API server drops it, or rejects the object.',
    example: 'spec:\n  replcas: 2',
    fix: 'Rename it, or remove it.',
  },
  'missing-field': {
    what: 'A required field is missing.',
    why: 'The API server rejects the object.',
    example: 'containers:\n  - image: shop:1.0   # without name',
    fix: 'Set the field.',
  },
  'exclusive-fields': {
    what: 'Only one of these fields may be set.',
    why: 'The API server rejects the object.',
    example: 'httpGet: { port: web }\ntcpSocket: { port: web }',
    fix: 'Set only one of them.',
  },
  'invalid-name': {
    what: 'This name is not allowed.',
    why: 'The API server rejects the object.',
    example: 'data:\n  "a b": text',
    fix: 'Rename it.',
  },
  'null-value': {
    what: 'The value is null.',
    why: 'Kubernetes reads null as not set; cdk8s writes it for a value that it cannot convert.',
    example: 'replicas: null',
    fix: 'Set a value, or remove the field.',
  },
  'wrong-type': {
    what: 'The value has the wrong type.',
    why: 'The API server rejects the object.',
    example: "replicas: '2'",
    fix: 'Set a value of the right type.',
  },
  'invalid-value': {
    what: 'This value is not allowed.',
    why: 'The API server rejects the object.',
    example: 'imagePullPolicy: Sometimes',
    fix: 'Set an allowed value.',
  },
} satisfies FaultKinds;

type Name = keyof typeof faults;

export type SchemaFault = ObjectFault<Name>;
export type Result = FoundFault<Name>;
