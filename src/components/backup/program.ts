import type { Program } from '../../model/program.js';
import { scriptFile } from './file.js';

/** The scripts call restic: the container itself has no flags. */
export const program: Program = { memoryLimit: 'variable', files: [scriptFile] };
