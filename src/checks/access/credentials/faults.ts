import type { FaultKinds, FoundFault } from '../../../model/fault.js';
import type { ObjectFault } from '../../support/pod/fault.js';

export const faults = {
  'shipped-secret': {
    what: 'A Secret is part of the manifests.',
    why: 'Everyone who can read the repository can read it, also in its history.',
    example: 'kind: Secret\nstringData:\n  password: hunter2',
    fix: 'Create the Secret in the cluster, and refer to it.',
  },
  'known-format': {
    what: 'A value has the format of a known credential, such as a private key or a token.',
    why: 'Everyone who can read the repository can read it, also in its history.',
    example: 'args:\n  - --token=ghp_0123456789abcdefghijklmnopqrstuvwxyz',
    fix: 'Replace the credential where it is used, store it in a Secret, and read it from a file of that Secret.',
  },
  'literal-credential': {
    what: 'A field with the name of a credential has a literal value.',
    why: 'Everyone who can read the repository can read it, also in its history.',
    example: 'env:\n  - name: DB_PASSWORD\n    value: hunter2',
    fix: 'Replace the credential where it is used, store it in a Secret, and read it from a file of that Secret.',
  },
} satisfies FaultKinds;

export type CredentialsFault = ObjectFault<keyof typeof faults>;
export type Result = FoundFault<keyof typeof faults>;
