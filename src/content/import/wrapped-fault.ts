import type { ContentFault } from '../faults.js';

/** A fault without its file. */
export type WrappedFault = Omit<ContentFault, 'place'> & { readonly path?: string };
