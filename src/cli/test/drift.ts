import { existsSync } from 'node:fs';
import type { CheckedProject } from '../../check-project.js';
import { publishedStates } from '../../output/publish.js';
import { filesOf } from '../../synthesize.js';
import type { Tell } from './alerts.js';

/** Compares what is published with what synth would write; returns whether it is the same. */
export const testPublished = (
  { stacks, inputs }: Pick<CheckedProject, 'stacks' | 'inputs'>,
  out: string,
  tell: Tell,
): boolean => {
  // A project need not keep it in Git.
  if (!existsSync(out)) return true;
  const states = publishedStates(out, filesOf(stacks, inputs), false);
  const other = Object.entries(states).filter(([, state]) => state !== 'unchanged');
  const told: Readonly<Record<string, string>> = {
    created: 'does not exist yet',
    changed: 'is not what synth writes',
    removed: 'has no environment',
  };
  tell(
    `${out}/`,
    other.length === 0,
    [
      ...other.map(([name, state]) => `${out}/${name} ${told[state]}.`),
      'Run npx crowsnest synth.',
    ].join('\n'),
  );
  return other.length === 0;
};
