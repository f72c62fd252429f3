import type { Environment } from '../../config/environment.js';
import { sizingOf } from '../../config/setting.js';
import { shareForSamples } from '../../config/sizing.js';
import { formatBytes } from '../../model/quantity.js';
import type { Totals } from '../total.js';
import { bullets, code, table } from './markdown.js';

/** The volumes, and how long what lies on them is kept. */
export const storage = (environment: Environment, { claims }: Totals): string[] => {
  const { prometheus, jaeger } = sizingOf(environment);
  return [
    '## Volumes',
    bullets([
      `Prometheus keeps samples for ${prometheus.retention}, or until ${shareForSamples * 100} % of its volume is full.`,
      `Jaeger keeps spans for ${jaeger.retention}, and cannot limit their size: its volume must hold what comes in that time.`,
    ]),
    table(
      ['claim', 'size'],
      claims.map(({ name, bytes }) => [code(name), formatBytes(bytes)]),
    ),
  ];
};
