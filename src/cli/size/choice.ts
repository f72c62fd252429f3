import { type SizeName, scales } from '../../config/size.js';
import type { Options } from '../diff/options.js';

/** Options that change what a stack costs. */
export interface Choice {
  /** As a user writes them. */
  readonly text: string;
  /** The options, of which those of a component are added to its other ones. */
  readonly options: Options;
}

/** The presets. */
export const sizeChoices: readonly (Choice & { readonly size: SizeName })[] = (
  Object.keys(scales) as SizeName[]
).map((size) => ({ size, text: `size: '${size}'`, options: { size } }));

/** Options that add or remove workloads and need no other option. */
export const choices: readonly Choice[] = [
  {
    text: 'logAgent: { enabled: true }, loki: { enabled: true }',
    options: { logAgent: { enabled: true }, loki: { enabled: true } },
  },
  { text: 'otelGateway: { enabled: true }', options: { otelGateway: { enabled: true } } },
  { text: "containerMetrics: 'kubelet'", options: { containerMetrics: 'kubelet' } },
  { text: "containerMetrics: 'cadvisor'", options: { containerMetrics: 'cadvisor' } },
  { text: 'jaeger: { enabled: false }', options: { jaeger: { enabled: false } } },
  { text: 'grafana: { enabled: false }', options: { grafana: { enabled: false } } },
];

/** The options of an environment with those of a choice. */
export const withChoice = (environment: Options, choice: Options): Options => ({
  ...environment,
  ...Object.fromEntries(
    Object.entries(choice).map(([key, value]) => [
      key,
      typeof value === 'object' ? { ...Object(environment[key]), ...Object(value) } : value,
    ]),
  ),
});
