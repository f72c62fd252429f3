import { configFinding } from '../config/faults.js';
import type { Finding } from '../model/finding.js';
import { validateValue } from '../schema/validate-value.js';
import { declarationFaults } from './declared-component.js';
import { type Environment, environmentSchema } from './environment.js';

export type Validated =
  | { readonly environment: Environment; readonly findings: readonly Finding[] }
  | { readonly environment?: undefined; readonly findings: readonly Finding[] };

/** Validates the export of a file against the schema of an environment. */
export const validate = (options: unknown, name: string, file: string): Validated => {
  const { data, faults } = validateValue(environmentSchema, options, file);
  const findings = faults.map(configFinding);
  if (!data) return { findings };
  const { stack, nodeAgents } = data.namespaces;
  const namespaces = {
    stack: stack ?? data.stack,
    nodeAgents: nodeAgents ?? `${data.stack}-agents`,
  };
  const environment = { ...data, namespaces, name, file };
  const declared = declarationFaults(environment);
  return declared.length > 0 ? { findings: declared } : { environment, findings };
};
