import {
  dashboard,
  logLabels,
  logSeries,
  logs,
  logsFact,
  logVariable,
  textVariable,
} from '../src/content/grafana.js';

const { namespace, pod, level } = logLabels;
const lines = `{${namespace}=~"$namespace"} |~ \`(?i)$search\``;
const failed = `${lines} | ${level}=~"error|fatal|critical"`;
const rate = (by: string, query = lines) => `sum by (${by}) (rate(${query} [$__auto]))`;
const empty = 'no lines in this time range';
const opens = { dashboard: 'namespace', by: { namespace } };

export default dashboard({
  title: 'Logs',
  description:
    'Lines of all pods: how many, of which severity and from where, and a search in their text.',
  folder: 'Applications',
  needs: [logsFact],
  links: ['overview', 'traces', 'namespace'],
  period: '1h',
  variables: [
    logVariable('namespace', { title: 'Namespace', label: namespace }),
    textVariable('search', 'Search (regular expression)'),
  ],
  rows: [
    {
      title: 'Volume',
      panels: [
        logSeries({
          title: 'Lines by severity',
          description: 'Lines per second that match the search. Bad: a rise of errors.',
          unit: 'cps',
          stacked: true,
          empty,
          queries: { [`{{${level}}}`]: rate(level) },
        }),
        logSeries({
          title: 'Lines by namespace',
          description: 'Lines per second that match the search. Bad: a namespace that floods.',
          unit: 'cps',
          stacked: true,
          empty,
          opens,
          queries: { [`{{${namespace}}}`]: rate(namespace) },
        }),
        logSeries({
          title: 'Errors by pod',
          description: 'The ten pods with the most lines of errors. Bad: errors that continue.',
          unit: 'cps',
          empty: 'no errors in this time range',
          opens: { dashboard: 'pod', by: { namespace, pod } },
          queries: {
            [`{{${namespace}}} {{${pod}}}`]: `topk(10, ${rate(`${namespace}, ${pod}`, failed)})`,
          },
        }),
      ],
    },
    {
      title: 'Lines',
      panels: [
        logs({
          title: 'Errors',
          description: 'The latest lines of errors that match the search.',
          query: failed,
        }),
        logs({
          title: 'All lines',
          description: 'The latest lines that match the search.',
          query: lines,
        }),
      ],
    },
  ],
});
