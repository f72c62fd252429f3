import type { Report } from '../promql/fault.js';
import type { Node } from '../promql/tree.js';
import { parseTemplate } from '../schema/template/parse.js';
import { TemplateError } from '../schema/template/tokens.js';
import { stringValue } from './text.js';

/** Functions of the templates of Loki: https://github.com/grafana/loki/blob/v3.7.6/pkg/logql/log/fmt.go */
const functions: ReadonlySet<string> = new Set(
  `__line__ __timestamp__
  ToLower ToUpper Replace Trim TrimLeft TrimRight TrimPrefix TrimSuffix TrimSpace
  regexReplaceAll regexReplaceAllLiteral count urldecode urlencode bytes duration duration_seconds
  unixEpochMillis unixEpochNanos toDateInZone unixToTime alignLeft alignRight
  b64enc b64dec lower upper title trunc substr contains hasPrefix hasSuffix indent nindent replace repeat
  trim trimAll trimSuffix trimPrefix int float64 add sub mul div mod addf subf mulf divf max min maxf minf
  ceil floor round fromJson date toDate now unixEpoch default
  and or eq ne lt le gt ge not index slice call len html js urlquery print printf println`.split(
    /\s+/,
  ),
);

/** Reports a template that Go rejects, of `line_format` and `label_format`. */
export const template = (literal: Node, text: string, report: Report): void => {
  const value = stringValue(literal, text, report);
  try {
    parseTemplate(value, functions);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    report(literal, `Invalid template: ${error.message}`);
  }
};

/** Whether a place in a query is in the braces of a template, where `$` starts a variable of the template. */
export const isInTemplate = (text: string, at: number): boolean =>
  text.lastIndexOf('{{', at) > text.lastIndexOf('}}', at);
