import type { Report } from './fault.js';

/** Strings and comments; for a string that is closed, a group contains the last quote. */
export const opaque = `"(?:[^"\\\\\\n]|\\\\[^\\n])*("?)|'(?:[^'\\\\\\n]|\\\\[^\\n])*('?)|\`[^\`]*(\`?)|#.*`;
const opaqueHere = new RegExp(opaque, 'y');

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Reports brackets and strings without an end: the grammars accept some of them. */
export const openEnd = (text: string, report: Report): boolean => {
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const token = text[at]!;
    if ('"\'`#'.includes(token)) {
      opaqueHere.lastIndex = at;
      const [found, double, single, raw] = opaqueHere.exec(text)!;
      if (token !== '#' && !double && !single && !raw) {
        report({ from: at, to: at + found.length }, 'The string has no closing quote.');
        return true;
      }
      at += found.length - 1;
    } else if ('([{'.includes(token)) open.push(at);
    else if (')]}'.includes(token)) {
      const start = open.pop();
      if (start !== undefined && closing[text[start]!] === token) continue;
      const span = { from: at, to: at + 1 };
      if (start === undefined) report(span, `'${token}' closes no bracket.`);
      else report(span, `'${token}' does not match the opening '${text[start]}'.`);
      return true;
    }
  }
  const last = open.at(-1);
  if (last === undefined) return false;
  report({ from: last, to: last + 1 }, `'${text[last]}' has no closing bracket.`);
  return true;
};
