import { readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import type { Finding } from '../../model/finding.js';
import { contentFinding } from '../faults.js';

/** The values in a file of JSON or YAML, or why it cannot be read. */
export type Documents = { readonly documents: readonly unknown[] } | { readonly finding: Finding };

/** Reads a file of JSON, or of YAML, which has any number of documents; `file` is its name in a finding. */
export const readDocuments = (path: string, file: string): Documents => {
  const isJson = path.endsWith('.json');
  try {
    // It removes a byte order mark, and rejects another encoding.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    if (isJson) return { documents: [JSON.parse(text)] };
    return { documents: loadAll(text).filter((one) => one !== null && one !== undefined) };
  } catch (error) {
    const isEncoding =
      (error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
    if (isEncoding) {
      return { finding: contentFinding({ fault: 'invalid-encoding', place: { file } }) };
    }
    const message = `The file is not valid ${isJson ? 'JSON' : 'YAML'}: ${reasonOf(error)}`;
    const { mark } = error as { readonly mark?: { readonly line: number } };
    const line = mark?.line ? { line: mark.line + 1 } : {};
    const fault = isJson ? 'invalid-json' : 'invalid-yaml';
    return { finding: contentFinding({ fault, place: { file, ...line }, message }) };
  }
};

/** The reason of an error, in one line. */
export const reasonOf = (error: unknown): string => {
  const { reason, message } = error as { readonly reason?: string; readonly message?: string };
  return `${reason ?? message ?? error}`.split('\n')[0]!;
};
