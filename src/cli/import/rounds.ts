import type { SettingsFile } from './with-settings.js';

/** Settings that one environment can use together: each option once. There is at least one round. */
export const roundsOf = (settings: readonly SettingsFile[]): SettingsFile[][] => {
  const rounds: SettingsFile[][] = [[]];
  for (const one of settings) {
    const free = rounds.find((round) => round.every(({ option }) => option !== one.option));
    if (free) free.push(one);
    else rounds.push([one]);
  }
  return rounds;
};

/** How an environment uses the settings. */
export const howToUse = (settings: readonly SettingsFile[]): string => {
  const [first = [], ...others] = roundsOf(settings);
  return [
    'Use it in an environment:',
    ...first.map(({ path, option }) => `  import ${option} from '../${moduleOf(path)}';`),
    ...first.map(({ option }) =>
      option === 'alerting' ? '  alerting,' : '  prometheus: { ...prometheus },',
    ),
    ...(others.length > 0
      ? [
          'An environment has each option once. Others can use instead:',
          ...others.flat().map(({ path, option }) => `  ${option} from '../${moduleOf(path)}'`),
        ]
      : []),
  ].join('\n');
};

const moduleOf = (path: string): string => path.replace(/\.ts$/, '.js');
