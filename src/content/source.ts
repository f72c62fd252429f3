import { readFileSync } from 'node:fs';
import type { ContentSource } from '../model/check.js';
import { onceForText } from '../model/once.js';

/** The file of which content was made; it is read only once somebody asks for a line. */
export const sourceOf = (file: string, shipped: boolean): ContentSource => ({
  file,
  shipped,
  lineOf: onceForText((text) => {
    const whole = readFileSync(file, 'utf8');
    const at = whole.indexOf(text);
    return at < 0 ? undefined : whole.slice(0, at).split('\n').length;
  }),
});
