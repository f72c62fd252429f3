import { creationOf } from '../../model/creation.js';
import { type SecretReader, secretsAmong } from '../../model/prerequisite.js';
import type { SynthesizedStack } from '../../output/synthesized-stack.js';

/** A Secret that must exist. */
export interface ListedSecret {
  readonly namespace: string;
  readonly name: string;
  /** @default - Opaque */
  readonly type?: string;
  readonly keys: readonly ListedKey[];
  readonly readers: readonly SecretReader[];
  /** A command, or a sentence. */
  readonly createdBy: string;
}

export interface ListedKey {
  readonly key: string;
  /** What its value is. */
  readonly holds: string;
}

/** The Secrets of an environment, by namespace and name. */
export const listSecrets = ({
  prerequisites,
}: Pick<SynthesizedStack, 'prerequisites'>): ListedSecret[] =>
  secretsAmong(prerequisites).map((one) => {
    const { namespace, name, type, keys, readers } = one;
    const { command, by } = creationOf(one);
    return {
      namespace,
      name,
      ...(type && { type }),
      keys: Object.entries(keys).map(([key, holds]) => ({ key, holds })),
      readers,
      createdBy: command ?? by,
    };
  });
