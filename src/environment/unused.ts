import { isDeepStrictEqual } from 'node:util';
import type { ConfigFault } from '../config/faults.js';
import type { FoundFault } from '../model/fault.js';
import type { Configured } from './configured.js';
import type { Environment } from './environment.js';

type Result = FoundFault<ConfigFault>;

/** The first option of a component that is not deployed. With `enabled: false`, a user knows, unless that is the default. */
export const unusedOption = ({ definition, context: { options } }: Configured): Result[] => {
  const usual = definition.options.safeParse({});
  if (!usual.success) return [];
  const defaults = usual.data as Readonly<Record<string, unknown>>;
  if (!options.enabled && defaults.enabled) return [];
  return Object.entries(options)
    .filter(([key, value]) => !isDeepStrictEqual(value, defaults[key]))
    .slice(0, 1)
    .map(([path, value]) => ({
      fault: 'unused-option',
      place: { path },
      message: `The environment does not deploy ${definition.name}, so its options have no effect.`,
      value,
    }));
};

/** Components that an environment exposes, but does not deploy. */
export const unusedExposure = (
  { exposure: { grafana, behindAuthProxy: proxy } = {} }: Environment,
  components: readonly Configured[],
): Result[] => {
  const exposed = {
    grafana: grafana && 'grafana',
    ...Object.fromEntries(
      (['prometheus', 'alertmanager', 'jaeger'] as const).map((key) => [
        key,
        proxy?.[key] && `behindAuthProxy.${key}`,
      ]),
    ),
  };
  return Object.entries(exposed)
    .filter(
      ([name, path]) => path && components.some(({ key, deployed }) => key === name && !deployed),
    )
    .map(([name, path]) => ({
      fault: 'unused-option',
      place: { path: `exposure.${path}` },
      message: `The environment does not deploy ${name}, so nothing is exposed here.`,
      why: `Its option enabled is false.`,
      remedy: 'Remove the option, or deploy the component.',
    }));
};
