/** A code block in a Markdown page. */
export interface Block {
  readonly language: string;
  /** The text after the language: it is invisible for readers, and says what the block is. */
  readonly mark: string;
  readonly text: string;
  /** The heading above the block. */
  readonly heading: string;
  readonly line: number;
}

const fence = /^```(\w*)(?: ([^\n]+))?\n([\s\S]*?)^```$/gm;

/** The code blocks of a page, in their order. */
export const blocksIn = (page: string): Block[] =>
  [...page.matchAll(fence)].map(({ index, 1: language = '', 2: mark = '', 3: text = '' }) => {
    const before = page.slice(0, index);
    return {
      language,
      mark,
      text,
      heading: [...before.matchAll(/^##+ (.+)$/gm)].at(-1)?.[1] ?? '',
      line: before.split('\n').length,
    };
  });

/** A file name from a heading. */
export const nameOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** The text of an environment of its own cluster with additional options, which may have imports. */
export const withOptions = (environment: string, options: string, cluster = 'staging'): string => {
  const lines = options.split('\n');
  const isImport = (line: string): boolean => line.startsWith('import ');
  const imports = lines.filter(isImport).join('\n');
  const named = environment.replace("name: 'staging'", `name: '${cluster}'`);
  const base = /\bEnvironmentOptions\b/.test(imports)
    ? named.replace(/^import [^\n]+\n/, '')
    : named;
  const more = lines.filter((line) => !isImport(line)).join('\n');
  return `${imports}\n${base.replace(/^\} satisfies/m, () => `${more.trim()}\n} satisfies`)}`;
};
