import { z } from 'zod';
import type { ConfigFile } from '../model/file.js';
import type { Flag, PathUse } from '../model/program.js';
import { path, url } from './format.js';

/** An address and a port to listen on. */
export const listenAddress = z
  .string({ error: 'an address and a port to listen on' })
  .regex(/^(\[?[\w.:$()]*\]?)?:\d{1,5}$/);
/** A port. */
export const port = z.string({ error: 'a port' }).regex(/^[1-9]\d{1,4}$/);
/** A whole number above 0. */
export const count = z.string({ error: 'a whole number above 0' }).regex(/^[1-9]\d*$/);
/** A list with commas and without spaces. */
export const words = z
  .string({ error: 'a list with commas and without spaces' })
  .regex(/^[^\s,]+(,[^\s,]+)*$/);
/** The flag with the path of a file that the program reads. */
export const fileFlag = ({ path }: Pick<ConfigFile, 'path'>): Flag => ({
  takes: z.literal(`${path}`, { error: `${path}` }),
});
/** A flag with a path that a mount must provide. */
export const mountedFlag = (mounted: PathUse = {}): Flag => ({ takes: path, mounted });
/** A flag that its program does not require. */
export const optionalFlag = (takes: z.ZodType): Flag => ({ takes, needed: false });

/** Flags of a program with a web interface. */
export const publishedFlags = {
  'web.external-url': optionalFlag(url),
  'web.route-prefix': optionalFlag(z.string({ error: 'a path' }).regex(/^\//)),
};
