import type { CommonEnvironment } from '../config/common.js';
import { configFinding } from '../config/faults.js';
import { type PlatformName, platformOf } from '../config/platforms.js';
import type { Finding } from '../model/finding.js';
import { validateValue } from '../schema/validate-value.js';
import { declarationFaults } from './declared-component.js';
import { type Environment, environmentSchema } from './environment.js';
import { withProxy } from './inherited-proxy.js';
import { withOptionHint } from './option-hint.js';

export type Validated =
  | { readonly environment: Environment; readonly findings: readonly Finding[] }
  | { readonly environment?: undefined; readonly findings: readonly Finding[] };

/** Node agents run where a node of the platform can run them. */
const agentsOn = (platform: PlatformName): CommonEnvironment['nodeAgents'] => {
  const reason = platformOf(platform).withoutNodeAgents?.value;
  return reason === undefined ? { kind: 'deployed' } : { kind: 'none', reason };
};

/** Validates the export of a file against the schema of an environment. */
export const validate = (options: unknown, name: string, file: string): Validated => {
  const { data, faults } = validateValue(environmentSchema, options, file);
  const findings = faults.map(configFinding).map(withOptionHint);
  if (!data) return { findings };
  const { stack, nodeAgents } = data.namespaces;
  const namespaces = {
    stack: stack ?? data.stack,
    nodeAgents: nodeAgents ?? `${data.stack}-agents`,
  };
  const environment = withProxy({
    ...data,
    namespaces,
    nodeAgents: data.nodeAgents ?? agentsOn(data.cluster.platform),
    name,
    file,
  });
  const declared = declarationFaults(environment);
  return declared.length > 0 ? { findings: declared } : { environment, findings };
};
