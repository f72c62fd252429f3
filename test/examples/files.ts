import { dropInFile, edit, put } from './edit.js';
import { at } from './merge.js';
import {
  alertmanager,
  blackbox,
  container,
  dataSourcesFile,
  grafana,
  nodeExporter,
  prometheus,
  prometheusFile,
} from './sample-object.js';
import { inFile, inObject, manifests, newObject, type Settings } from './setting.js';

export const configuration: Settings = {
  'unknown-option': inFile(...prometheusFile),
  'missing-option': inFile(...prometheusFile),
  'invalid-value': inFile(...prometheusFile),
  'invalid-name': inFile(...prometheusFile),
  'unreadable-file': manifests(
    (example) => put(prometheusFile[0], 'data', { 'prometheus.yml': example }),
    {
      also: ['no-replica-label'],
    },
  ),
  'unknown-file': inObject(prometheusFile[0]),
  'unmounted-file': newObject({
    apiVersion: 'v1',
    metadata: { namespace: 'crowsnest', name: 'shop' },
  }),
  'misplaced-file': inObject(grafana, container),
  'missing-file': inObject(dataSourcesFile[0], '', {
    together: [put(dataSourcesFile[0], 'data', { 'grafana.ini': undefined })],
  }),
  'missing-flag': inObject(prometheus, container),
  'missing-peer': inObject(alertmanager, 'spec'),
  'incomplete-flags': inObject(prometheus, container, {
    together: [
      edit(prometheus, (object) =>
        at(object, `${container}.args`.split('.'), (args: string[]) =>
          args.filter((one) => !one.startsWith('--web.route-prefix')),
        ),
      ),
    ],
  }),
  'invalid-flag': inObject(prometheus, container),
  'unknown-flag': inObject(prometheus, container),
  'unlisted-file': inFile(...prometheusFile, '', { lists: 'replace' }),
  'no-go-memory-limit': inObject(blackbox, container),
  'no-restart': inObject(grafana, 'spec'),
  'frozen-file': inObject(blackbox, container),
  'unmounted-path': inObject(prometheus, container),
  'wrong-host-path': inObject(nodeExporter, container),
  'read-only-path': inObject(prometheus, container),
  'folder-for-file': inObject(blackbox, container, { also: ['misplaced-file'] }),
  'unknown-sub-path': inObject(blackbox, container, { also: ['unmounted-file'] }),
  'empty-variable': inObject(blackbox, container),
  'unknown-variable': inObject(prometheus, container),
  'no-replica-label': inFile(...prometheusFile, '', {
    together: [dropInFile(...prometheusFile, 'global.external_labels')],
  }),
  'replica-label-in-alerts': inFile(...prometheusFile),
};
