import { rotationText } from '../../output/rotation.js';
import type { ListedSecret } from './list.js';
import { type State, stateText } from './state.js';

/** A Secret with what the cluster has of it. */
export interface CheckedSecret extends ListedSecret {
  /** @default - the cluster was not asked */
  readonly state?: State;
}

/** The Secrets of an environment. */
export interface EnvironmentSecrets {
  readonly environment: string;
  readonly secrets: readonly CheckedSecret[];
}

/** The Secrets of all environments as text. */
export const secretsText = (all: readonly EnvironmentSecrets[]): string =>
  all
    .map(({ environment, secrets }) =>
      secrets.length === 0
        ? `${environment}: no Secrets must exist.\n`
        : `${environment}\n${secrets.map(secretText).join('\n')}`,
    )
    .join('\n');

const secretText = (one: CheckedSecret): string => {
  const { namespace, name, type, keys, readers, createdBy, state } = one;
  const width = Math.max(...keys.map(({ key }) => key.length));
  return [
    `  ${namespace}/${name}${type ? ` (${type})` : ''}${state ? `: ${stateText(state)}` : ''}`,
    ...keys.map(({ key, holds }) => `    ${key.padEnd(width)}  ${holds}`),
    ...readers.flatMap(({ party, purpose, rotation }) => [
      `    read by ${party}: ${purpose}`,
      `      another value is ${rotationText(rotation, name)}`,
    ]),
    `    created by: ${createdBy}`,
    '',
  ].join('\n');
};
