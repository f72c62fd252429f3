import { z } from 'zod';
import type { Program } from '../../model/program.js';
import { optionalFlag } from '../../schema/flag.js';
import { scriptFile, scriptFolder } from './file.js';

/** The flags of k6 that the container uses. */
export const program: Program = {
  flags: {
    quiet: {},
    'no-color': {},
    'no-usage-report': {},
    // Empty: no server.
    address: { takes: z.literal('') },
    tag: {
      takes: z
        .string({ error: 'testid=$(TEST_ID) or the name of the application' })
        .regex(/^(testid=\$\(TEST_ID\)|application=[a-z0-9-]+)$/),
    },
    out: optionalFlag(z.literal('experimental-prometheus-rw')),
  },
  operands: z.tuple([
    z.literal('run'),
    z.string({ error: `a script in ${scriptFolder}` }).regex(/^\/scripts\/[a-z]+\.js$/),
  ]),
  memoryLimit: 'variable',
  files: [scriptFile],
};
