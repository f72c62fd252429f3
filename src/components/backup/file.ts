import { z } from 'zod';
import type { ConfigFile } from '../../model/file.js';

/** Folder of the scripts in the pods. */
export const scriptFolder = '/scripts';

/** A script of the shell in the image of restic. */
export const scriptFile: ConfigFile<string> = {
  path: `${scriptFolder}/*.sh`,
  format: { write: (value) => `${value}`, read: (text) => text },
  schema: z.string({ error: 'a script' }).startsWith('set -eu\n'),
  // Each run is a new pod.
  reload: 'itself',
};
