import type { Variable } from '../model/dashboard.js';
import { logs } from './fact.js';
import { lokiSource } from './logs.js';
import { labelValues, needing } from './variable.js';

export interface LogVariableOptions {
  readonly title: string;
  /** The label of the streams whose values it lists. */
  readonly label: string;
}

/** A variable over the values of a label of streams; "All" matches the streams that have the label. */
export const logVariable = (name: string, { title, label }: LogVariableOptions): Variable =>
  needing([logs], {
    type: 'query',
    name,
    label: title,
    datasource: lokiSource,
    // One of type 1 lists the values of a label.
    query: { label, stream: '', type: 1, refId: 'variable' } as unknown as Variable['query'],
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: '.+',
    current: { text: ['All'], value: ['$__all'] },
  });

/**
 * The pods of series, all of them, for queries about their lines; readers do not see the variable. `needs` has
 * the scrape jobs of the series, if not all environments have them.
 */
export const podsVariable = (series: string, needs: readonly string[] = []): Variable =>
  needing([logs, ...needs], {
    ...labelValues('pods', series, { title: 'Pods', label: 'pod', single: false }),
    // Hidden: https://github.com/grafana/grafana/blob/v13.2.0/kinds/dashboard/dashboard_kind.cue
    hide: 2,
  });

/** A variable whose value readers write; empty at first. */
export const textVariable = (name: string, title: string): Variable => ({
  type: 'textbox',
  name,
  label: title,
  query: '',
  current: { text: '', value: '' },
});
