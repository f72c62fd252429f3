import type { WrongValue } from '../../config/wrong-values.js';

const count = 'a whole number of at least 1';
const secret = 'an object with secret and key';
const schedule =
  "five fields for minute, hour, day of the month, month and day of the week, such as '17 3 * * *'";

export default [
  [
    'bucket.name',
    'Backups',
    "the name of a bucket such as 'backups': 3 to 63 lower-case letters and digits, with dashes and dots between them",
  ],
  ['bucket.endpoint', 's3.example.com', "a URL that starts with 'http://' or 'https://'"],
  ['bucket.region', 'eu central', "a region such as 'eu-central-1'"],
  ['bucket.prefix', '/a', "a folder such as 'clusters/production', without / at its start and end"],

  ['bucket.authentication.accessKeyId', 'AKIA', secret],
  ['bucket.authentication.secretAccessKey', 'key', secret],
  [
    'bucket.certificateAuthority',
    'ca.crt',
    'an object with secret and key, or with configMap and key',
  ],
  [
    'bucket.at',
    'storage',
    "{ kind: 'addresses', cidrs: ['192.0.2.10/32'] }, or { kind: 'pods', namespace: 'shop', labels: { app: 'shop-db' } } for pods of the cluster",
  ],
  ['bucket.plainHttp', 'no', 'a string of at least 10 characters'],
  ['password', 'secret', secret],
  ['schedule', '0 25 * * *', schedule],
  ['schedule', '@daily', schedule],
  ['verification', 'weekly', schedule],
  ['keep', 7, 'an object'],
  ['keep.daily', 0, count],
  ['keep.weekly', 0.5, count],
  ['keep.monthly', '6', `${count}, without quotes`],
] satisfies readonly WrongValue[];
