import type { FaultKinds, FoundFault } from '../../../model/fault.js';
import { valueFaults } from '../../../schema/fault.js';
import type { ObjectFault } from '../../support/pod/fault.js';

export const faults = {
  ...valueFaults({
    'unknown-option': 'global: { scrape_intervall: 30s }',
    'missing-option': 'scrape_configs:\n  - metrics_path: /metrics   # without job_name',
    'invalid-value': 'global: { scrape_interval: 30 seconds }',
    'invalid-name': 'global:\n  external_labels: { "": c }',
  }),
  'unreadable-file': {
    what: 'The file cannot be parsed.',
    why: 'The process does not start with it.',
    example: 'global: {scrape_interval: 30s',
    fix: 'Correct the syntax.',
  },
  'unknown-file': {
    what: 'The component does not read a file of this name.',
    why: 'Its content has no effect.',
    example: 'kind: ConfigMap\ndata:\n  promtheus.yml: …',
    fix: 'Use the name of a file that the component reads.',
  },
  'unmounted-file': {
    what: 'No container mounts this file.',
    why: 'Its content has no effect.',
    example: 'kind: ConfigMap   # no volume refers to it\ndata:\n  prometheus.yml: …',
    fix: 'Mount the ConfigMap. If the volume lists items, add the key to them.',
  },
  'misplaced-file': {
    what: 'The file is mounted where its program does not look for it.',
    why: 'The program does not find it.',
    example: 'volumeMounts:\n  - name: config\n    mountPath: /etc/graphana',
    fix: 'Correct the path of the item, or the path where the volume is mounted.',
  },
  'missing-file': {
    what: 'No mounted ConfigMap contains a file that the program reads.',
    why: 'The program does not start, or runs without its configuration.',
    example: 'kind: ConfigMap   # of Grafana, without grafana.ini',
    fix: 'Mount the ConfigMap with the file in the folder where the program looks for it.',
  },
  'missing-flag': {
    what: 'A required flag is missing.',
    why: 'The program runs with a default that does not fit the stack.',
    example: 'args: []   # without --config.file',
    fix: 'Add the flag.',
  },
  'missing-peer': {
    what: 'Not all replicas of Alertmanager are listed as peers.',
    why: 'A replica that is not a peer of the others sends notifications that they have already sent.',
    example: 'replicas: 4   # and three arguments --cluster.peer',
    fix: 'List each replica with --cluster.peer.',
  },
  'incomplete-flags': {
    what: 'One of two flags that belong together is missing.',
    why: 'One of them has no effect, or a wrong one, without the other.',
    example:
      'args: [--web.external-url=https://example.com/prometheus]   # without --web.route-prefix',
    fix: 'Set both flags.',
  },
  'invalid-flag': {
    what: 'The value of this flag is not allowed.',
    why: 'The program does not start with it.',
    example: 'args: [--query.timeout=fast]',
    fix: 'Correct the value.',
  },
  'unknown-flag': {
    what: 'The program does not know this flag, or the stack does not use it.',
    why: 'The program does not start with an unknown flag.',
    example: 'args: [--config.fil=/etc/prometheus/prometheus.yml]',
    fix: 'Use a known flag.',
  },
  'unlisted-file': {
    what: 'The configuration does not list the folder of this file.',
    why: 'The server does not load it.',
    example: 'rule_files: [/etc/prometheus/rules/*.yml]   # the file is in /etc/prometheus/rule',
    fix: 'Add its folder to the configuration.',
  },
  'no-go-memory-limit': {
    what: 'GOMEMLIMIT is not set.',
    why: 'Go frees memory too late, and the kernel kills the process.',
    example: 'env: []   # of a Go program with a memory limit',
    fix: 'Set GOMEMLIMIT to 90 % of the memory limit.',
  },
  'no-restart': {
    what: 'A change of the configuration does not restart this pod.',
    why: 'The process reads its files only at its start, so it keeps the old configuration.',
    example: 'template:\n  metadata:\n    annotations: {}   # without crowsnest/restart-on',
    fix: 'Mount the files with mountFiles, which sets the annotation, or set restartOn.',
  },
  'frozen-file': {
    what: 'The file is mounted with subPath.',
    why: 'Kubernetes never updates such a file, so the process that reloads it keeps the old configuration.',
    example:
      'volumeMounts:\n  - name: config\n    mountPath: /etc/blackbox_exporter/config.yml\n    subPath: config.yml',
    fix: 'Mount the whole folder, without subPath.',
  },
  'unmounted-path': {
    what: 'No volume is mounted at a path that the program uses.',
    why: 'The program does not find its files, or reads its own container instead of the node. Its image is read-only, so it cannot store data there.',
    example: 'args: [--storage.tsdb.path=/promtheus]   # the volume is mounted at /prometheus',
    fix: 'Use the path where the volume is mounted, or mount it there.',
  },
  'wrong-host-path': {
    what: 'A path that the program uses leads to another path of the node.',
    why: 'The program reads the wrong files of the node.',
    example: "args: ['--path.procfs=/host/prc']   # of node-exporter",
    fix: 'Use the path in the container that leads to the stated path of the node.',
  },
  'read-only-path': {
    what: 'The program writes to a path that is mounted read-only.',
    why: 'The program cannot store its data, and stops.',
    example: 'volumeMounts:\n  - name: data\n    mountPath: /prometheus\n    readOnly: true',
    fix: 'Mount it without readOnly, from a volume that can be written.',
  },
  'folder-for-file': {
    what: 'A volume is mounted where a file is expected, so that the path is a folder.',
    why: 'The program cannot read a folder as a file. Kubernetes mounts a single file only with subPath.',
    example: 'volumeMounts:\n  - name: config\n    mountPath: /etc/blackbox_exporter/config.yml',
    fix: 'Mount the volume at the folder of the file. With subPath, a change of the file would not reach the pod.',
  },
  'unknown-sub-path': {
    what: 'The volume does not have the file in subPath.',
    why: 'Kubernetes mounts an empty folder instead of the file.',
    example:
      'volumeMounts:\n  - name: config\n    mountPath: /etc/blackbox_exporter/config.yml\n    subPath: confg.yml',
    fix: 'Use the name of a key of the ConfigMap, or the path of one of its items.',
  },
  'empty-variable': {
    what: 'The environment variable has no value.',
    why: 'The program gets an empty text.',
    example: 'env:\n  - name: PASSWORD',
    fix: 'Set value or valueFrom.',
  },
  'unknown-variable': {
    what: 'An argument uses an environment variable that the container does not have.',
    why: 'Kubernetes passes the argument as it is written, with the name of the variable.',
    example: 'args: [--web.listen-address=$(POD_IPP):9090]',
    fix: 'Define the variable in env.',
  },
  'no-replica-label': {
    what: 'No external label distinguishes the replicas of Prometheus.',
    why: 'A receiver of remote write mixes their samples, and rejects half of them.',
    example: 'global:\n  external_labels: { cluster: production }   # with 2 replicas',
    fix: 'Set an external label to ${POD_NAME}, and define POD_NAME in env from metadata.name.',
  },
  'replica-label-in-alerts': {
    what: 'Alerts have the label that distinguishes the replicas.',
    why: 'Alertmanager treats the alert of each replica as a different alert.',
    example: 'alerting:\n  alert_relabel_configs: []   # without a labeldrop of the label replica',
    fix: 'Drop the label in alert_relabel_configs.',
  },
} satisfies FaultKinds;

export type ConfigurationFault = ObjectFault<keyof typeof faults>;
export type Result = FoundFault<keyof typeof faults>;
