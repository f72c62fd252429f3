import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Synthesis, synthesize } from '../../src/synthesize.js';
import { contentOf, fill } from '../../test/output/folder.js';
import { credential } from './hostile.js';
import { type Project, Unloadable } from './project.js';

/** The result of a synthesis of a project. */
export interface Verdict {
  readonly synthesis?: Synthesis;
  /** The report for the terminal. */
  readonly text: string;
  /** The published files. */
  readonly files: Readonly<Record<string, string>>;
  /** What must never happen. @default - nothing of it */
  readonly failure?: string;
}

/** Synthesizes a project in this process. */
export const judge = async ({ texts, modules }: Project): Promise<Verdict> => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-fuzz-'));
  let text = '';
  const write = process.stderr.write;
  process.stderr.write = ((part: string) => {
    text += part;
    return true;
  }) as typeof write;
  try {
    fill(folder, {
      ...texts,
      ...Object.fromEntries(Object.keys(modules).map((path) => [path, ''])),
    });
    const synthesis = await synthesize(
      {
        environments: join(folder, 'environments'),
        content: [folder],
        out: join(folder, 'dist'),
        load: async (path) => {
          const value = modules[relative(folder, path)];
          if (value instanceof Unloadable) throw value.error;
          return { default: value };
        },
      },
      join(folder, 'nothing-ships'),
    );
    const files = synthesis.ok ? contentOf(join(folder, 'dist')) : {};
    const failure = failureOf(synthesis, text, files);
    return { synthesis, text, files, ...(failure && { failure }) };
  } catch (error) {
    const stack = error instanceof Error ? error.stack : String(error);
    return { text, files: {}, failure: `an exception: ${stack}` };
  } finally {
    process.stderr.write = write;
    rmSync(folder, { recursive: true, force: true });
  }
};

const failureOf = (
  { findings, ok }: Synthesis,
  text: string,
  files: Readonly<Record<string, string>>,
): string | undefined => {
  if (/\n\s+at .*:\d+:\d+/.test(text)) return 'the report has a stack trace';
  let json: string;
  try {
    json = JSON.stringify(findings);
  } catch (error) {
    return `the findings cannot be written as JSON: ${error}`;
  }
  for (const [where, all] of [
    ['report', text],
    ['JSON', json],
    ...Object.entries(files),
  ] as const) {
    if (all.includes(credential)) return `the credential is in ${where}`;
  }
  const nowhere = findings.find(
    ({ place: { file, environment, object } }) => !(file ?? environment ?? object),
  );
  if (nowhere) return `a finding has no place: ${JSON.stringify(nowhere)}`;
  const clumsy = findings.find(
    ({ code, message, remedy }) =>
      !/failing-|not-loadable/.test(code) &&
      /\[object |undefined\b(?!')|one of none|Use one of [.,](?: |$)|\bNaN\b/.test(
        `${message} ${remedy}`,
      ),
  );
  if (clumsy)
    return `a finding has a clumsy text: ${clumsy.code}: ${clumsy.message} ${clumsy.remedy}`;
  return ok || findings.some(({ severity }) => severity === 'error')
    ? undefined
    : 'nothing is published, and no finding is an error';
};
