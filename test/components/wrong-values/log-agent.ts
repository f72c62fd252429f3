import type { WrongValue } from '../../config/wrong-values.js';

const label = 'a name of at most 63 lower-case letters and digits, with dashes between them';
const objectName = 'a name of lower-case letters and digits, with dashes and dots between them';
const key = 'a key of letters, digits, dots, dashes and underscores';
const regex = 'a regular expression in RE2 syntax, without look-around and back-references';

export default [
  ['queue', '1Gib', "an amount of bytes above zero such as '512Mi' or '50Gi'"],
  ['namespaces', ['shop'], 'an object with only or except'],
  ['namespaces.except', 'shop', `a list, each item ${label}`],
  ['namespaces.except', [], 'a list of at least 1 item'],
  ['namespaces.except[0]', 'shop_*', label],
  ['multiline', {}, 'a list, each item an object with firstLine'],
  ['multiline[0]', '\\d{4}', 'an object with firstLine'],
  ['multiline[0].namespace', 'Shop', label],
  ['multiline[0].pod', 'web-(', regex],
  ['multiline[0].container', '(?=app)', regex],
  ['multiline[0].firstLine', '(?<!a)b', regex],
  ['runtime', 'containerd', "'cri' or 'docker'"],
  ['seLinuxType', 'SPC', "an SELinux type such as 'spc_t'"],
  ['config', [], 'an object'],
  ['config.processors', ['attributes'], 'an object'],
  ['config.processors.attributes', 'delete user.email', 'an object with actions'],
  ['store', 'https://logs.example.com', 'an object with url'],
  ['store.url', 'logs.example.com:4318', "a URL that starts with 'http://' or 'https://'"],
  ['store.protocol', 'http/protobuf', "'grpc' or 'http'"],
  ['store.authentication', 'token', "an object whose kind is 'bearer', 'basic' or 'header'"],
  ['store.authentication.kind', 'haeder', "'bearer', 'basic' or 'header'", 'header'],
  ['store.authentication.name', 'x api key', "the name of a header such as 'x-api-key'"],
  ['store.authentication.value', 'secret-key', 'an object with secret and key'],
  ['store.authentication.value.secret', 'My Secret', objectName],
  ['store.authentication.value.key', '../key', key],
  [
    'store.certificateAuthority',
    '/etc/ca.crt',
    'an object with secret and key, or with configMap and key',
  ],
  ['store.at', 'internet', "an object whose kind is 'addresses' or 'pods'"],
  ['store.unverified', 'yes', 'a string of at least 10 characters'],
] satisfies readonly WrongValue[];
