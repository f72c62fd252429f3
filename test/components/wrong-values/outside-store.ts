import type { WrongValue } from '../../config/wrong-values.js';

const objectName = 'a name of lower-case letters and digits, with dashes and dots between them';
const key = 'a key of letters, digits, dots, dashes and underscores';

const ofStore: readonly WrongValue[] = [
  ['store', 'https://otlp.example.com', 'an object with url'],
  ['store.url', 'otlp.example.com:4317', "a URL that starts with 'http://' or 'https://'"],
  ['store.protocol', 'http/protobuf', "'grpc' or 'http'"],
  ['store.headers.tenant', 7, 'a text of printable ASCII characters'],
  ['store.authentication', 'token', "an object whose kind is 'bearer', 'basic' or 'header'"],
  ['store.authentication.kind', 'haeder', "'bearer', 'basic' or 'header'", 'header'],
  ['store.authentication.name', 'x api key', "the name of a header such as 'x-api-key'"],
  ['store.authentication.value', 'secret-key', 'an object with secret and key'],
  ['store.authentication.value.secret', 'My Secret', objectName],
  ['store.authentication.value.key', '../key', key],
  ['store.headers', 'X-Scope-OrgID: shop', 'an object'],
  [
    'store.certificateAuthority',
    '/etc/ca.crt',
    'an object with secret and key, or with configMap and key',
  ],
  [
    'store.at',
    'internet',
    "{ kind: 'addresses', cidrs: ['192.0.2.10/32'] }, or { kind: 'pods', namespace: 'shop', labels: { app: 'shop-db' } } for pods of the cluster",
  ],
  ['store.unverified', 'yes', 'a string of at least 10 characters'],
];

/** Those of the option of a store, of each component that sends by OTLP. */
export const ofStoreAt = (path: string): readonly WrongValue[] =>
  ofStore.map(([at, ...rest]): WrongValue => [at.replace('store', path), ...rest]);
