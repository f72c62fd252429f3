import type { WrongValue } from '../../config/wrong-values.js';

const bytes = "an amount of bytes above zero such as '512Mi' or '50Gi'";
const count = 'a whole number of at least 1';
const retention = "a duration of at least a day such as '7d' or '36h'";
const duration = "a Prometheus duration above zero such as '30s', '1h30m' or '15d'";

export default [
  ['volume', '100Gib', bytes],
  ['retention', '12h', retention],
  ['linesPerSecond', 0, 'a number above 0'],
  ['ingestionRate', '4MB/s', bytes],
  ['ingestionBurst', 8, bytes],
  ['streams', 0.5, count],
  ['labels', [], 'a list of at least 1 item'],
  ['labels[0]', 'k8s namespace', "the name of a resource attribute such as 'k8s.namespace.name'"],
  ['limits', '4Mi', 'an object'],
  ['limits.streamRate', '3MB', bytes],
  ['limits.lineSize', '256KB', bytes],
  ['limits.labels', 0, count],
  ['limits.metadataSize', '64KB', bytes],
  ['limits.metadataFields', -1, count],
  ['limits.age', 'a week', duration],
  ['limits.queryLines', '5000', count],
  ['limits.querySeries', 0, count],
  ['limits.queryTimeout', 60, duration],
  ['config', 'querier', 'an object'],
] satisfies readonly WrongValue[];
