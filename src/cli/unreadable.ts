import { fileErrorOf } from '../model/file-error.js';
import { UsageError } from './command.js';

/** The mistake that a file or a folder that the user names cannot be read. */
export const unreadable = (path: string, error: unknown): UsageError => {
  const { code } = Object(error);
  const reason = fileErrorOf(error) ?? code;
  return new UsageError(
    code === 'ENOENT' ? `${path} does not exist.` : `${path} cannot be read: ${reason}.`,
  );
};
