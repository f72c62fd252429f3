import type { WrongValue } from '../../config/wrong-values.js';

const bytes = "an amount of bytes above zero such as '512Mi' or '50Gi'";
const count = 'a whole number of at least 1';
const retention = "a duration of at least a day such as '7d' or '36h'";
const duration = "a Prometheus duration above zero such as '30s', '1h30m' or '15d'";

const bucketName =
  "the name of a bucket such as 'logs': 3 to 63 lower-case letters and digits, with dashes and dots between them";
const kinds = "'keys', 'service-account', 'pod-identity' or 'node'";
const ofKinds = `an object whose kind is ${kinds}`;
const secret = 'an object with secret and key';
const reason = 'a string of at least 10 characters';

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
  ['limits.queryLines', '5000', `${count}, without quotes`],
  ['limits.querySeries', 0, count],
  ['limits.queryTimeout', 60, duration],
  ['bucket', 's3://logs', 'an object with name and authentication'],
  ['bucket.name', 's3://logs', bucketName],
  ['bucket.endpoint', 's3.example.com', "a URL that starts with 'http://' or 'https://'"],
  ['bucket.region', 'EU (Frankfurt)', "a region such as 'eu-central-1'"],
  ['bucket.pathStyle', 'yes', 'true or false'],
  ['bucket.authentication', 'key', ofKinds],
  ['bucket.authentication.kind', 'kyes', kinds, 'keys'],
  ['bucket.authentication.accessKeyId', 'AKIA0000', secret],
  ['bucket.authentication.secretAccessKey', 'value', secret],
  [
    'bucket.certificateAuthority',
    '/etc/ca.crt',
    'an object with secret and key, or with configMap and key',
  ],
  [
    'bucket.at',
    'internet',
    "{ kind: 'addresses', cidrs: ['192.0.2.10/32'] }, or { kind: 'pods', namespace: 'shop', labels: { app: 'shop-db' } } for pods of the cluster",
  ],
  ['bucket.unverified', 'yes', reason],
  ['bucket.plainHttp', true, reason],
  ['config', 'querier', 'an object'],
] satisfies readonly WrongValue[];
