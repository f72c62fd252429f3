import { readFileSync } from 'node:fs';
import { type Block, blocksIn } from './block.js';

/** Reads parts of a page with instructions. */
export interface Page {
  /** The code blocks with a language and a mark; throws if there are none. */
  readonly blocks: (language: string, mark?: string) => Block[];
  /** A text in backquotes; throws if it is not there. */
  readonly inline: (pattern: RegExp) => string;
  /** Blocks that no step has used. */
  readonly left: () => Block[];
}

export const pageOf = (file: string): Page => {
  const text = readFileSync(file, 'utf8');
  const left = new Set(blocksIn(text));
  return {
    blocks: (language, mark = '') => {
      const found = [...left].filter((one) => one.language === language && one.mark === mark);
      if (found.length === 0) throw new Error(`${file} has no block '${language} ${mark}'.`);
      for (const one of found) left.delete(one);
      return found;
    },
    inline: (pattern) => {
      const found = new RegExp(`\`(${pattern.source})\``).exec(text)?.[1];
      if (found === undefined) throw new Error(`${file} does not have ${pattern}.`);
      return found;
    },
    left: () => [...left],
  };
};
