import { type FaultKinds, findingMaker } from '../model/fault.js';

/** Kinds of fault in publishing. */
export const publishFaults = {
  'not-written': {
    what: 'The manifests cannot be written.',
    why: 'The folder of the environment is not changed.',
    example: 'dist/production   # on a full disk, or without the permission to write',
    fix: 'Free some space, correct the permissions, or publish to another folder.',
  },
} satisfies FaultKinds;

export const publishFinding = findingMaker('publish', publishFaults);
