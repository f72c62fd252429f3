import { leastPerUser, scenariosOf } from '../../components/k6/k6.js';
import { type Load, presets, runOf } from '../../components/k6/scenario.js';
import { mostLoad, type ScenarioName } from '../../config/load-test.js';
import { formatBytes, quantityValue } from '../../model/quantity.js';
import type { LoadTestFault } from './load-test-kinds.js';

type Fault = LoadTestFault & { readonly path: string };

/** The memory of large nodes: a run that requests more probably fits none. */
const mostMemory = quantityValue('64Gi');

/**
 * The scenarios of a load test that are too large, each cause once with its largest one; `memory` is what the
 * environment states for runs.
 */
export const loadSizeFaults = (test: Load, memory = '0'): Fault[] => {
  const bySize = scenariosOf(test).toSorted((a, b) => runOf(test, b).users - runOf(test, a).users);
  const found = bySize.flatMap(
    (name) => multipliedFault(test, name) ?? memoryFault(test, name, quantityValue(memory)) ?? [],
  );
  const paths = found.map(({ path }) => path);
  return found.filter(({ path }, index) => paths.indexOf(path) === index);
};

/** A load of the load test that a scenario multiplies to more than an option can state. */
const multipliedFault = (test: Load, name: ScenarioName): Fault | undefined => {
  const { path, value } = statedLoad(test, name);
  const { peak, perSecond } = runOf(test, name);
  if (peak <= mostLoad || value === undefined) return undefined;
  const of = perSecond ? 'iterations per second' : 'virtual users';
  const { factor = 1 } = presets[name];
  return {
    fault: 'multiplied-load',
    path,
    value,
    message: `The scenario ${name} has ${factor} times as many: ${peak} ${of}, of at most ${mostLoad}.`,
    remedy: `Set it to at most ${Math.floor(mostLoad / factor)}, or state ${perSecond ? 'arrivalRate' : 'virtualUsers'} in scenarios.${name}.`,
  };
};

/** A run that requests more memory than large nodes have, unless the environment states as much. */
const memoryFault = (test: Load, name: ScenarioName, stated: number): Fault | undefined => {
  const { users } = runOf(test, name);
  const needed = users * leastPerUser;
  if (needed <= Math.max(mostMemory, stated)) return undefined;
  const { maxVirtualUsers } = test.scenarios[name] ?? {};
  const { path, value } =
    maxVirtualUsers === undefined
      ? statedLoad(test, name)
      : { path: `scenarios.${name}.maxVirtualUsers`, value: maxVirtualUsers };
  return {
    fault: 'large-load',
    path,
    ...(value !== undefined && { value }),
    message: `The pod of the scenario ${name} requests ${formatBytes(needed)} of memory for ${users} virtual users.`,
    remedy: `Lower it. If a node has so much memory, set k6.memory of the environment to '${formatBytes(needed)}'.`,
  };
};

/** The option that states the load of a scenario. */
const statedLoad = (
  { scenarios, virtualUsers, arrivalRate }: Load,
  name: ScenarioName,
): { readonly path: string; readonly value?: number } => {
  const own = scenarios[name] ?? {};
  if (own.stages) return { path: `scenarios.${name}.stages` };
  for (const option of ['virtualUsers', 'arrivalRate'] as const) {
    const value = own[option];
    if (value !== undefined) return { path: `scenarios.${name}.${option}`, value };
  }
  return arrivalRate === undefined
    ? { path: 'virtualUsers', ...(virtualUsers !== undefined && { value: virtualUsers }) }
    : { path: 'arrivalRate', value: arrivalRate };
};
