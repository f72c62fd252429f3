import type { Finding } from '../model/finding.js';
import { hold } from '../schema/hold.js';
import { type Environment, environmentSchema } from './environment.js';

export type Validated =
  | { readonly environment: Environment; readonly findings: readonly Finding[] }
  | { readonly environment?: undefined; readonly findings: readonly Finding[] };

/** Holds what a file exports against the schema of an environment. */
export const validate = (options: unknown, name: string, file: string): Validated => {
  const { data, findings } = hold(environmentSchema, options, file, 'config');
  if (!data) return { findings };
  const { stack, nodeAgents } = data.namespaces;
  const namespaces = {
    stack: stack ?? data.stack,
    nodeAgents: nodeAgents ?? `${data.stack}-agents`,
  };
  return { environment: { ...data, namespaces, name, file }, findings };
};
