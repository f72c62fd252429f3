import type * as clack from '@clack/prompts';
import { UsageError } from '../command.js';
import type { Ask } from './answers.js';

/** Questions on the terminal. */
export const prompts = ({ isCancel, select, text }: typeof clack): Ask => ({
  choose: async (message, choices) => {
    const options = choices.map(({ label, hint }, value) => ({
      value,
      label,
      ...(hint && { hint }),
    }));
    const index = await select({ message, options });
    return choices[isCancel(index) ? cancel() : index]!.value;
  },
  enter: async (message, initial, problemOf) => {
    const validate = (value: string | undefined) => problemOf(value ?? '');
    const answer = await text({ message, initialValue: initial, validate });
    return isCancel(answer) ? cancel() : answer;
  },
});

const cancel = (): never => {
  throw new UsageError('Cancelled: nothing was written.');
};
