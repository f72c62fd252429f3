import type { z } from 'zod';
import type { ConfigFile } from './file.js';

/** A flag: the values that it takes, and whether the program requires it. */
export interface Flag {
  /** @default - it is a switch without a value */
  readonly takes?: z.ZodType;
  /** @default true */
  readonly needed?: false;
  /** How the program uses the path that is the value. @default - the value is no path, or one in the image */
  readonly mounted?: PathUse;
}

/** How a program uses a path, which a mount must provide. */
export interface PathUse {
  /** The path of the node that it must lead to. @default - any */
  readonly host?: string;
  /** Whether the program writes there. @default false */
  readonly writes?: true;
}

/** Facts about the program of a container. */
export interface Program {
  /** Known flags; any other is a fault. @default - flags are not checked */
  readonly flags?: Readonly<Record<string, Flag>>;
  /** The arguments that are no flags, such as a command, as a list. @default - there are none */
  readonly operands?: z.ZodType;
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
  /** Other paths that it uses, which mounts must provide. @default - none */
  readonly uses?: Readonly<Record<string, PathUse>>;
  /** The configuration files that it reads; any other is unknown. @default - its files are not checked */
  readonly files?: readonly ConfigFile[];
}
