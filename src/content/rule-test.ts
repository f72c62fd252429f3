import { memoizeText } from '../model/memoize.js';

/** A test case of an alert, which fires or does not fire. */
export interface RuleTestCase {
  readonly alert: string;
  /** 1-based. */
  readonly line: number;
  readonly fires: boolean;
}

/** The parts of a promtool test file that synth reads. */
export interface RuleTest {
  readonly ruleFiles: readonly { readonly name: string; readonly line: number }[];
  readonly cases: readonly RuleTestCase[];
}

/**
 * Reads a test file line by line: promtool validates it, and parsing all of them as YAML would take
 * longer than the rest of the synthesis. It expects `exp_alerts` after `alertname`.
 */
export const readRuleTest = memoizeText((text): RuleTest => {
  const plain = text.replace(/^\s*#.*$/gm, '');
  const lineAt = (index: number): number => plain.slice(0, index).split('\n').length;
  const names = [...plain.matchAll(/\balertname: *(?:'([^']*)'|"([^"]*)"|([^\s,}][^,}\n]*))/g)];
  const files = /^rule_files:([\s\S]*?)(?=^\w|(?![\s\S]))/m.exec(plain);
  const start = (files?.index ?? 0) + 'rule_files:'.length;
  return {
    ruleFiles: [...(files?.[1] ?? '').matchAll(/[\w./-]+\.ya?ml/g)].map((match) => ({
      name: match[0],
      line: lineAt(start + match.index),
    })),
    cases: names.map((match, index) => {
      const rest = plain.slice(match.index, names[index + 1]?.index);
      const expected = /\bexp_alerts:\s*(\[\s*\])?\s*([[-])?/.exec(rest);
      return {
        alert: (match[1] ?? match[2] ?? match[3] ?? '').trim(),
        line: lineAt(match.index),
        fires: expected !== null && expected[1] === undefined && expected[2] !== undefined,
      };
    }),
  };
});
