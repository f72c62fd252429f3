import { readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import { fileErrorOf } from '../../model/file-error.js';
import type { Finding } from '../../model/finding.js';
import { readJson } from '../../model/json-text.js';
import { yamlReason } from '../../model/yaml-reason.js';
import { contentFinding } from '../faults.js';

/** The values in a file of JSON or YAML, or why it cannot be read. */
export type Documents = { readonly documents: readonly unknown[] } | { readonly finding: Finding };

/** Reads a file of JSON, or of YAML, which has any number of documents; `file` is its name in a finding. */
export const readDocuments = (path: string, file: string): Documents => {
  const isJson = path.endsWith('.json');
  try {
    // It removes a byte order mark, and rejects another encoding.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    if (isJson) {
      const json = readJson(text);
      return 'value' in json ? { documents: [json.value] } : { finding: invalidJson(json, file) };
    }
    return { documents: loadAll(text).filter((one) => one !== null && one !== undefined) };
  } catch (error) {
    const isEncoding =
      (error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
    if (isEncoding) {
      return { finding: contentFinding({ fault: 'invalid-encoding', place: { file } }) };
    }
    const unread = unreadableFile(error, file);
    if (unread) return { finding: unread };
    const message = `The file is not valid YAML: ${reasonOf(error)}.`;
    const { mark } = error as { readonly mark?: { readonly line: number } };
    const place = { file, ...(mark && { line: mark.line + 1 }) };
    return { finding: contentFinding({ fault: 'invalid-yaml', place, message }) };
  }
};

/** The finding about a file that the system cannot read; undefined for another error. */
export const unreadableFile = (error: unknown, file: string): Finding | undefined => {
  const reason = fileErrorOf(error);
  if (reason === undefined) return undefined;
  const message = `The file cannot be read: ${reason}.`;
  return contentFinding({ fault: 'unreadable-file', place: { file }, message });
};

/** The finding about a file that is not JSON. */
export const invalidJson = (
  { reason, line }: { readonly reason: string; readonly line: number },
  file: string,
): Finding =>
  contentFinding({
    fault: 'invalid-json',
    place: { file, line },
    message: `The file is not valid JSON: ${reason}.`,
  });

/** The reason of an error, in one line. */
export const reasonOf = (error: unknown): string => {
  const { reason, message } = error as { readonly reason?: string; readonly message?: string };
  return yamlReason(`${reason ?? message ?? error}`.split('\n')[0]!);
};
