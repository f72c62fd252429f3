import type { WrongValue } from '../../config/wrong-values.js';
import { ofStoreAt } from './outside-store.js';

const ratio = 'a ratio from 0 to 1';
const duration = "a duration in whole seconds or milliseconds such as '2s' or '500ms'";
const policyTypes =
  "'status_code', 'latency', 'string_attribute', 'numeric_attribute', 'boolean_attribute', 'probabilistic', 'rate_limiting', 'bytes_limiting', 'span_count', 'trace_state', 'ottl_condition', 'trace_flags', 'always_sample', 'not', 'and', 'drop' or 'composite'";
const text = 'a string that is not empty';

export default [
  ['volume', '100Gib', "an amount of bytes above zero such as '512Mi' or '50Gi'"],
  ['replicas', 0, 'a whole number from 1 to 16'],
  ['sampling', true, 'an object'],
  ['sampling.errors', 'yes', 'true or false'],
  ['sampling.slow', '1m', duration],
  ['sampling.always', {}, 'a list, each item an object with attribute and values'],
  ['sampling.always[0]', 'tier', 'an object with attribute and values'],
  ['sampling.always[0].attribute', '', text],
  ['sampling.always[0].values', [], 'a list of at least 1 item'],
  ['sampling.always[0].values[0]', '', text],
  ['sampling.services.checkout', 2, ratio],
  ['sampling.rest', 10, ratio],
  ['sampling.wait', 'ten seconds', duration],
  ['config', [], 'an object'],
  ['config.logProcessors', ['attributes'], 'an object'],
  ['config.processors', ['attributes'], 'an object'],
  ['config.processors.attributes', 'delete user.email', 'an object with actions'],
  ['config.policies', { errors: true }, `a list, each item an object whose type is ${policyTypes}`],
  ['metrics', 'yes', 'true or false'],
  ['logs', 'yes', 'true, false or an object'],
  ...ofStoreAt('store'),
  ...ofStoreAt('logs.store'),
] satisfies readonly WrongValue[];
