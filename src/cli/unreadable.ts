import { UsageError } from './command.js';

/** The mistake that a file or a folder that the user names cannot be read. */
export const unreadable = (path: string, error: unknown): UsageError => {
  const { code } = Object(error);
  return new UsageError(
    code === 'ENOENT' ? `${path} does not exist.` : `${path} cannot be read: ${code}.`,
  );
};
