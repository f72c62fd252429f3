import { memoizeText } from '../model/memoize.js';

// The syntax of https://github.com/google/re2/wiki/Syntax as Go implements it. JavaScript's own
// syntax is different: each has constructs that the other lacks.

/** Why Prometheus rejects a regular expression; undefined if it is valid. */
export const regexFault = memoizeText((pattern): string | undefined => {
  try {
    new Reader(pattern).all();
    return undefined;
  } catch (fault) {
    if (fault instanceof RegexFault) return fault.message;
    throw fault;
  }
});

class RegexFault extends Error {}

const refuse = (message: string): never => {
  throw new RegexFault(message);
};

const controls: Readonly<Record<string, number>> = { a: 7, t: 9, n: 10, v: 11, f: 12, r: 13 };
const largestRepeat = 1000;
const classes = [
  'alnum',
  'alpha',
  'ascii',
  'blank',
  'cntrl',
  'digit',
  'graph',
  'lower',
  'print',
  'punct',
  'space',
  'upper',
  'word',
  'xdigit',
];
const posix = new RegExp(`^\\[:\\^?(${classes.join('|')}):\\]`);

class Reader {
  private at = 0;
  private depth = 0;
  private readonly names = new Set<string>();

  constructor(readonly pattern: string) {}

  all(): void {
    this.alternatives();
    if (this.at < this.pattern.length) refuse("')' has no matching '('");
  }

  private rest(): string {
    return this.pattern.slice(this.at);
  }

  /** Consumes the match of a pattern that starts with `^`. */
  private take(expected: RegExp): RegExpExecArray | null {
    const found = expected.exec(this.rest());
    this.at += found?.[0].length ?? 0;
    return found;
  }

  private alternatives(): number {
    let largest = 1;
    // Whether there is an expression that a quantifier can repeat.
    let repeatable = false;
    while (this.at < this.pattern.length) {
      if (this.take(/^\|/)) {
        repeatable = false;
        continue;
      }
      if (this.pattern[this.at] === ')') break;
      const repetition = this.take(/^(?:[*+?]|\{\d+(?:,\d*)?\})\??/);
      if (repetition) {
        if (!repeatable) refuse(`'${repetition[0]}' has nothing to repeat`);
        if (/^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(this.rest())) {
          refuse(`'${repetition[0]}${this.pattern[this.at]}' repeats a quantifier`);
        }
        largest = Math.max(largest, this.repeated * countOf(repetition[0]));
        if (largest > largestRepeat) refuse(`the repeat count is above ${largestRepeat}`);
        continue;
      }
      this.repeated = 1;
      repeatable = this.single();
      largest = Math.max(largest, this.repeated);
    }
    return largest;
  }

  // The product of the nested repeat counts in the last atom.
  private repeated = 1;

  /** Reads one atom; returns whether a quantifier can follow: not after flags. */
  private single(): boolean {
    if (this.take(/^\\Q/)) {
      this.take(/^[\s\S]*?(?:\\E|$)/);
      return true;
    }
    if (this.pattern[this.at] === '\\') {
      this.escape(false);
      return true;
    }
    if (this.pattern[this.at] === '(') return this.group();
    if (this.pattern[this.at] === '[') {
      this.characterClass();
      return true;
    }
    this.take(/^[\s\S]/u);
    return true;
  }

  private group(): boolean {
    const flags = this.take(/^\(\?[imsU]*(?:-[imsU]+)?([:)])/);
    if (flags?.[1] === ')') return false;
    if (!flags && !this.take(/^\((?!\?)/)) {
      const named = this.take(/^\(\?P?<([A-Za-z0-9_]+)>/);
      if (!named) return refuse(`RE2 does not support '${/^\(\?P?.?.?/.exec(this.rest())?.[0]}'`);
      if (this.names.has(named[1]!)) refuse(`two groups have the name '${named[1]}'`);
      this.names.add(named[1]!);
    }
    this.depth += 1;
    if (this.depth > largestRepeat) refuse(`groups are nested deeper than ${largestRepeat}`);
    this.repeated = this.alternatives();
    this.depth -= 1;
    if (!this.take(/^\)/)) refuse("'(' has no matching ')'");
    return true;
  }

  /** Reads an escape; returns its character if it is one. */
  private escape(inClass: boolean): number | undefined {
    const hex = this.take(/^\\x(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]+)\})/);
    if (hex) {
      const code = Number.parseInt(hex[1] ?? hex[2]!, 16);
      return code > 0x10ffff ? refuse(`'${hex[0]}' is not a Unicode character`) : code;
    }
    const octal = this.take(/^\\(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/);
    if (octal) return Number.parseInt(octal[0].slice(1), 8);
    const property = this.take(/^\\[pP](?:\{\^?(\w+)\}|([A-Z]))/);
    if (property) {
      if (!isProperty(property[1] ?? property[2]!))
        refuse(`unknown character class '${property[0]}'`);
      return undefined;
    }
    if (this.take(/^\\[dDsSwW]/)) return undefined;
    if (!inClass && this.take(/^\\[AbBz]/)) return undefined;
    const control = this.take(/^\\[afnrtv]/);
    if (control) return controls[control[0][1]!];
    // Any other character can be escaped, except letters and digits, which are reserved.
    const literal = this.take(/^\\(\p{ASCII})/u);
    if (!literal || /[A-Za-z0-9]/.test(literal[1]!)) {
      return refuse(`RE2 does not support '${literal?.[0] ?? this.rest().slice(0, 2)}'`);
    }
    return literal[1]!.charCodeAt(0);
  }

  private characterClass(): void {
    this.take(/^\[\^?/);
    for (let first = true; first || this.pattern[this.at] !== ']'; first = false) {
      if (this.at >= this.pattern.length) refuse("'[' has no matching ']'");
      if (this.take(posix)) continue;
      if (/^\[:\^?\w*:\]/.test(this.rest())) {
        refuse(`unknown character class '${/^\[:\^?\w*:\]/.exec(this.rest())![0]}'`);
      }
      // A dash between two characters is a range; at either end, or after a range, it is literal.
      const low = this.classMember();
      if (!/^-[^\]]/.test(this.rest()) || low === undefined) continue;
      this.at += 1;
      const start = this.at;
      const high = this.classMember();
      if (high === undefined || high < low) {
        refuse(`the character range before '${this.pattern.slice(start)}' is invalid`);
      }
    }
    this.at += 1;
  }

  private classMember(): number | undefined {
    if (this.pattern[this.at] === '\\') return this.escape(true);
    return this.take(/^[\s\S]/u)?.[0].codePointAt(0);
  }
}

const countOf = (repetition: string): number => {
  const [, least, most] = /^\{(\d+)(?:,(\d*))?\}/.exec(repetition) ?? [];
  if (least === undefined) return 1;
  const [low, high] = [Number(least), Number(most || least)];
  if (high < low) refuse(`'${repetition}' has a maximum below its minimum`);
  return Math.max(high, 1);
};

const isProperty = (name: string): boolean => {
  if (name === 'Any') return true;
  for (const property of [name, `Script=${name}`]) {
    try {
      new RegExp(`\\p{${property}}`, 'u');
      return true;
    } catch {
      // Not a value of this property.
    }
  }
  return false;
};

/**
 * A Prometheus regular expression as a JavaScript one, anchored at both ends as in matchers;
 * undefined if JavaScript has no equivalent.
 */
export const anchored = memoizeText((pattern): RegExp | undefined => {
  if (/\\[AzQEpPC]|\[:|\(\?[imsU-]+[:)]/.test(pattern)) return undefined;
  try {
    return new RegExp(`^(?:${pattern.replaceAll('(?P<', '(?<')})$`, 's');
  } catch {
    return undefined;
  }
});
