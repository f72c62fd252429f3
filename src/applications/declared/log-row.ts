import {
  linesOf,
  linesOfService,
  logLabels,
  logSeries,
  logs,
  podsVariable,
  type Row,
  type Variable,
} from '../../content/grafana.js';
import type { Application } from './application.js';
import { spanServiceOf } from './span-service.js';

/** The characters of the end of a ReplicaSet's name: https://github.com/kubernetes/kubernetes/blob/v1.37.0/staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go */
const hash = '[bcdfghjklmnpqrstvwxz2456789]+';

/** The series with the pods of an application: the targets of its scrape job, or those of a workload with its name. */
const podsOf = ({ name, namespace, metrics }: Application): string =>
  metrics
    ? `up{job="${name}", cluster=~"$cluster"}`
    : `kube_pod_info{namespace="${namespace}", created_by_name=~"${name}(-${hash})?", cluster=~"$cluster"}`;

const needsOf = ({ metrics }: Application): string[] => (metrics ? [] : ['kube-state-metrics']);

/** The variables that the row uses. */
export const logVariables = (application: Application): readonly Variable[] =>
  application.logs ? [] : [podsVariable(podsOf(application), needsOf(application))];

/** The lines that an application sends itself, or those of its pods. */
export const logRow = (application: Application): Row => {
  const { namespace, logs: sends } = application;
  const lines = sends
    ? linesOfService(namespace, spanServiceOf(application))
    : linesOf({ namespace, pod: '$pods', several: true });
  const { level } = logLabels;
  return {
    title: 'Logs',
    needs: sends ? [] : needsOf(application),
    panels: [
      logSeries({
        title: 'Lines by severity',
        width: 8,
        description: `Lines per second ${sends ? 'that it sends' : 'of its pods'}. Bad: a rise of errors.`,
        unit: 'cps',
        stacked: true,
        empty: 'no lines in this time range',
        queries: { [`{{${level}}}`]: `sum by (${level}) (rate(${lines} [$__auto]))` },
      }),
      logs({
        title: sends ? 'Lines that it sends' : 'Lines of the pods',
        width: 16,
        description: `The latest lines ${sends ? 'that it sends' : 'of its pods'}. Bad: errors that repeat.`,
        query: lines,
      }),
    ],
  };
};
