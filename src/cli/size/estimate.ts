import type { CheckInput } from '../../model/check.js';
import type { StackSize } from './need.js';

/** The size of a stack with other options, or why the environment rejects them. */
export interface Sized {
  /** The options, as a user writes them. */
  readonly text: string;
  readonly of: StackSize | { readonly rejected: string };
}

/** What an environment needs in a cluster. */
export interface Estimate {
  readonly environment: string;
  readonly cluster: CheckInput['scale'];
  readonly size: string;
  readonly asIs: StackSize;
  /** With each other preset in place of its size. */
  readonly sizes: readonly Sized[];
  /** With options that add or remove workloads. */
  readonly options: readonly Sized[];
}
