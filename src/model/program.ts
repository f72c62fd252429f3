import type { z } from 'zod';
import type { ConfigFile } from './file.js';

/** A flag: the values that it takes, and whether the program requires it. */
export interface Flag {
  /** @default - it is a switch without a value */
  readonly takes?: z.ZodType;
  /** @default true */
  readonly needed?: false;
}

/** Facts about the program of a container. */
export interface Program {
  /** Known flags; any other is a fault. @default - flags are not checked */
  readonly flags?: Readonly<Record<string, Flag>>;
  /** Groups of flags that have no effect, or a wrong one, without each other. @default - none */
  readonly together?: readonly (readonly string[])[];
  /** Flags of which at least one is required. @default - none */
  readonly oneOf?: readonly string[];
  /** The flag that names each replica, if there are several. @default - none */
  readonly peerFlag?: string;
  /**
   * How it learns the memory limit of its container: `GOMEMLIMIT`, since Go's runtime does not read the
   * limit, or the program reads the limit itself.
   */
  readonly memoryLimit: 'variable' | 'itself';
  /** The configuration files that it reads; any other is unknown. @default - its files are not checked */
  readonly files?: readonly ConfigFile[];
}
