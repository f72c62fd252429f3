import type { WrongValue } from '../../config/wrong-values.js';
import { ofStoreAt } from './outside-store.js';

const label = 'a name of at most 63 lower-case letters and digits, with dashes between them';
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
  ...ofStoreAt('store'),
] satisfies readonly WrongValue[];
