import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Block, blocksIn } from './block.js';

/** Reads parts of pages with instructions. */
export interface Page {
  /** The code blocks with a language and a mark; throws if there are none. */
  readonly blocks: (language: string, mark?: string) => Block[];
  /** A text in backquotes; throws if it is not there. */
  readonly inline: (pattern: RegExp) => string;
  /** The place of each block that no step has used. */
  readonly left: () => string[];
}

/** Pages of a repository, whose parts are found on any of them. */
export const pageOf = (repository: string, files: readonly string[]): Page => {
  const texts = files.map((file) => [file, readFileSync(join(repository, file), 'utf8')] as const);
  const left = new Map(
    texts.flatMap(([file, text]) =>
      blocksIn(text).map((block) => [block, `${file}:${block.line}`] as const),
    ),
  );
  const where = files.join(', ');
  return {
    blocks: (language, mark = '') => {
      const found = [...left.keys()].filter(
        (one) => one.language === language && one.mark === mark,
      );
      if (found.length === 0) throw new Error(`No block '${language} ${mark}' in ${where}.`);
      for (const one of found) left.delete(one);
      return found;
    },
    inline: (pattern) => {
      for (const [, text] of texts) {
        const found = new RegExp(`\`(${pattern.source})\``).exec(text)?.[1];
        if (found !== undefined) return found;
      }
      throw new Error(`Nothing matches ${pattern} in ${where}.`);
    },
    left: () => [...left.values()],
  };
};
