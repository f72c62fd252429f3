import { classHighlighter, highlightCode } from '@lezer/highlight';
import { parser } from '@prometheus-io/lezer-promql';
import { escaped } from './html.js';

/** PromQL as HTML with a class for each kind of token. */
export const highlight = (query: string): string => {
  let html = '';
  highlightCode(
    query,
    parser.parse(readable(query)),
    classHighlighter,
    (code, classes) => {
      html += classes ? `<span class="${classes}">${escaped(code)}</span>` : escaped(code);
    },
    () => {
      html += '\n';
    },
  );
  return html.replace(variable, '<span class="variable">$&</span>');
};

const variable = /\$(?:__)?\w+/g;

/** Replaces Grafana's duration variables, which the grammar does not know, by durations of the same length. */
const readable = (query: string): string =>
  query.replace(/\$__(?:rate_interval|interval|range|auto)/g, (name) =>
    `5m`.padStart(name.length, '0'),
  );
