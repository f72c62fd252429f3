import { z } from 'zod';
import { regexFault } from '../../promql/regex.js';

/** The parts of an Alertmanager matcher. */
export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

// https://prometheus.io/docs/alerting/latest/configuration/#label-matchers: an unquoted value
// contains no character of the matcher syntax.
const bare = '[^\\s{}!=~,\\\\"\'`]';
const quoted = '"((?:[^"\\\\]|\\\\.)*)"';
const syntax = new RegExp(
  `^\\s*(?:${quoted}|(${bare}+))\\s*(=~|!~|!=|=)\\s*(?:${quoted}|(${bare}*))\\s*$`,
);

/** Parses one matcher; undefined if it is not valid. */
export const readMatcher = (text: string): Matcher | undefined => {
  const [, quotedLabel, bareLabel, operator, quotedValue, bareValue = ''] = syntax.exec(text) ?? [];
  const label = bareLabel ?? unquoted(quotedLabel ?? '');
  if (label === '') return undefined;
  const value = quotedValue === undefined ? bareValue : unquoted(quotedValue);
  return { label, operator: operator as Matcher['operator'], value };
};

const unquoted = (text: string): string =>
  text.replace(/\\(["\\n])/g, (_, character: string) => (character === 'n' ? '\n' : character));

/** An Alertmanager matcher as text. */
export const matcher = z
  .string({ error: 'a matcher such as severity="critical" or team=~"a|b"' })
  .refine((text) => readMatcher(text) !== undefined)
  .refine(
    (text) => {
      const { operator = '=', value = '' } = readMatcher(text) ?? {};
      return !operator.endsWith('~') || regexFault(value) === undefined;
    },
    { error: 'a matcher whose regular expression is in RE2 syntax' },
  );
