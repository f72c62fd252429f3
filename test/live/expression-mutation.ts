/** Pseudorandom numbers below a bound, the same for the same seed (Mulberry32). */
export const randomFrom = (seed: number) => {
  let state = seed;
  return (bound: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  };
};

type Random = ReturnType<typeof randomFrom>;

const token = /"(?:[^"\\]|\\.)*"|[A-Za-z_:][\w:]*|\d[\w.]*|=~|!~|[!=<>]=|\s+|[\s\S]/g;
const pool = [
  ...['(', ')', '[', ']', '{', '}', ',', ':', '=', '=~', '!~', '==', '!=', '>', '+', '-', '*', '/'],
  ...['by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'bool', 'offset', '@', 'and'],
  ...[
    'or',
    'unless',
    'sum',
    'rate',
    'topk',
    'histogram_quantile',
    'label_replace',
    'vector',
    'time',
  ],
  ...[
    'up',
    '5m',
    '5mm',
    '1',
    '-1',
    '0s',
    '"a"',
    '".*"',
    '"("',
    '"a',
    'le',
    '$x',
    '^',
    '%',
    'x_total',
  ],
];

const pick = <T>(list: readonly T[], random: Random): T => list[random(list.length)]!;

/** Realistic mistakes, by name. */
const operators: Record<string, (tokens: string[], random: Random) => string[]> = {
  'remove a token': (tokens, random) => tokens.toSpliced(random(tokens.length), 1),
  'repeat a token': (tokens, random) => {
    const at = random(tokens.length);
    return tokens.toSpliced(at, 0, tokens[at]!);
  },
  'swap two tokens': (tokens, random) => {
    const at = random(Math.max(1, tokens.length - 1));
    return tokens.toSpliced(at, 2, tokens[at + 1] ?? '', tokens[at]!);
  },
  'replace a token': (tokens, random) =>
    tokens.toSpliced(random(tokens.length), 1, pick(pool, random)),
  'add a token': (tokens, random) =>
    tokens.toSpliced(random(tokens.length + 1), 0, pick(pool, random)),
  'remove a letter': (tokens, random) => {
    const at = random(tokens.length);
    const letter = random(tokens[at]!.length);
    return tokens.with(at, tokens[at]!.slice(0, letter) + tokens[at]!.slice(letter + 1));
  },
  'remove the end': (tokens, random) => tokens.slice(0, 1 + random(tokens.length)),
};

/** An expression with one mistake; it can still be valid. */
export const mutate = (expression: string, random: Random): string => {
  const tokens = expression.match(token) ?? [''];
  return operators[pick(Object.keys(operators), random)]!(tokens, random).join('');
};
