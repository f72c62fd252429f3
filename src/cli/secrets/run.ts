import type * as client from '@kubernetes/client-node';
import { checkProject } from '../../check-project.js';
import { type ClusterConnection, connectionTo, Unreachable } from '../../cluster/connection.js';
import { hasError } from '../../model/finding.js';
import { plural } from '../../model/plural.js';
import { arrange } from '../../output/arrange.js';
import { report } from '../../output/report.js';
import { type Runtime, UsageError } from '../command.js';
import { environmentNames, projectOf } from '../project.js';
import { type EnvironmentSecrets, secretsText } from './format.js';
import { listSecrets } from './list.js';
import { stateOf } from './state.js';

export interface SecretsOptions {
  readonly environment?: readonly string[];
  readonly check?: true;
  readonly context?: string;
  readonly json?: true;
}

/** Lists the Secrets; returns false if the project has errors, or if one is not known to be complete. */
export const runSecrets = async (options: SecretsOptions, runtime: Runtime): Promise<boolean> => {
  const { environment, check, context, json } = options;
  if (context !== undefined && !check) throw new UsageError('--context is only for --check.');
  const project = projectOf(runtime, { environment });
  if (check && environment?.length !== 1 && environmentNames().length !== 1) {
    throw new UsageError('--check asks the cluster of one environment: name it.');
  }
  const { stacks, findings } = await checkProject(project, runtime.shipped);
  if (hasError(findings)) {
    process.stderr.write(report(arrange(findings)));
    return false;
  }
  const all = stacks.map(
    (stack): EnvironmentSecrets => ({
      environment: stack.environment.name,
      secrets: listSecrets(stack),
    }),
  );
  const shown = check ? await checked(all, context, runtime) : all;
  process.stdout.write(json ? `${JSON.stringify(shown)}\n` : secretsText(shown));
  const states = shown.flatMap(({ secrets }) => secrets.flatMap(({ state }) => state ?? []));
  const lacking = states.filter(({ kind }) => kind !== 'complete').length;
  if (lacking > 0) process.stderr.write(remedy(lacking));
  return lacking === 0;
};

const remedy = (lacking: number): string =>
  `${plural(lacking, 'Secret')} not complete: run what 'created by' says in the cluster, then check again. A Secret that exists without a key or a value must be replaced, not created: add --dry-run=client -o yaml | kubectl apply -f - to the command.\n`;

const checked = async (
  all: readonly EnvironmentSecrets[],
  context: string | undefined,
  { importPackage }: Runtime,
): Promise<EnvironmentSecrets[]> => {
  try {
    const library = (await importPackage('@kubernetes/client-node')) as typeof client;
    const connection = connectionTo(library, context);
    process.stderr.write(`Asking the context ${connection.context} (${connection.server}).\n`);
    return await Promise.all(all.map((one) => withStates(one, connection)));
  } catch (error) {
    if (error instanceof Unreachable) throw new UsageError(error.message);
    throw error;
  }
};

const withStates = async (
  { environment, secrets }: EnvironmentSecrets,
  connection: ClusterConnection,
): Promise<EnvironmentSecrets> => ({
  environment,
  secrets: await Promise.all(
    secrets.map(async (one) => ({ ...one, state: await stateOf(one, connection) })),
  ),
});
