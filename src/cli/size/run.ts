import { checkProject } from '../../check-project.js';
import { scaleOf } from '../../environment/setting.js';
import { validate } from '../../environment/validate.js';
import type { CheckInput } from '../../model/check.js';
import { type Finding, hasError } from '../../model/finding.js';
import { arrange } from '../../output/arrange.js';
import { report } from '../../output/report.js';
import type { SynthesizedStack } from '../../output/synthesized-stack.js';
import type { Runtime } from '../command.js';
import { optionsIn } from '../diff/earlier.js';
import type { Options } from '../diff/options.js';
import { folders, projectOf } from '../project.js';
import { type Choice, choices, sizeChoices, withChoice } from './choice.js';
import type { Estimate, Sized } from './estimate.js';
import { sizeText } from './format.js';
import { sizeOfStack } from './need.js';

export interface SizeOptions {
  readonly nodes?: number;
  readonly cores?: number;
  readonly pods?: number;
  readonly retention?: string;
  readonly json?: true;
}

/** Writes the estimate of an environment; returns false if the project has errors. */
export const runSize = async (
  name: string,
  { json, retention, ...scale }: SizeOptions,
  runtime: Runtime,
): Promise<boolean> => {
  const project = projectOf(runtime, { environment: [name] });
  const { findings, stacks, build } = await checkProject(project, runtime.shipped);
  const [stack] = stacks;
  if (hasError(findings) || !stack || !build) return failed(findings);
  const own = (await optionsIn(folders.environments, [name], runtime.load)).get(name)!;
  const options = withChoice(own, {
    // The presets of `size` assume other clusters: this one stays the same.
    cluster: clusterOf(scaleOf(stack.environment), scale),
    ...(retention !== undefined && { prometheus: { retention } }),
  });
  const built = (choice: Options) =>
    buildWith(withChoice(options, choice), stack.environment, build);
  const { stack: asIs, errors } = built({});
  if (!asIs) return failed(errors);
  const estimate = estimateOf(asIs, (choice) => {
    const { stack: one, errors: faults } = built(choice.options);
    return {
      text: choice.text,
      of: one ? sizeOfStack(one) : { rejected: `${faults[0]?.message}` },
    };
  });
  process.stdout.write(json ? `${JSON.stringify(estimate)}\n` : sizeText(estimate));
  return true;
};

const failed = (findings: readonly Finding[]): false => {
  process.stderr.write(report(arrange(findings)));
  return false;
};

/** The cluster of an environment with other nodes; by default with as many pods on each. */
const clusterOf = (
  usual: CheckInput['scale'],
  { nodes = usual.nodes, cores = usual.cores, pods }: Partial<CheckInput['scale']>,
): CheckInput['scale'] => ({
  nodes,
  cores,
  pods: pods ?? Math.round((usual.pods / usual.nodes) * nodes),
});

/** The stack of an environment with these options; or the errors, if there are any. */
const buildWith = (
  options: Options,
  { name, file }: SynthesizedStack['environment'],
  build: (environment: SynthesizedStack['environment']) => SynthesizedStack,
): { readonly stack?: SynthesizedStack; readonly errors: readonly Finding[] } => {
  const { environment, findings } = validate(options, name, file);
  const stack = environment && build(environment);
  const errors = [...findings, ...(stack?.findings ?? [])].filter(
    ({ severity }) => severity === 'error',
  );
  return { ...(stack && errors.length === 0 && { stack }), errors };
};

const estimateOf = (asIs: SynthesizedStack, sized: (choice: Choice) => Sized): Estimate => {
  const { environment } = asIs;
  const asItIs = sizeOfStack(asIs);
  const isOther = ({ of }: Sized): boolean =>
    'totals' in of && of.totals.objects !== asItIs.totals.objects;
  return {
    environment: environment.name,
    cluster: scaleOf(environment),
    size: environment.size,
    asIs: asItIs,
    sizes: sizeChoices.filter(({ size }) => size !== environment.size).map(sized),
    options: choices.map(sized).filter(isOther),
  };
};
