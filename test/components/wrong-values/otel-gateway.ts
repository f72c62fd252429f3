import type { WrongValue } from '../../config/wrong-values.js';

const ratio = 'a ratio from 0 to 1';
const duration = "a duration in whole seconds or milliseconds such as '2s' or '500ms'";
const text = 'a string that is not empty';

export default [
  ['volume', '100Gib', "an amount of bytes above zero such as '512Mi' or '50Gi'"],
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
] satisfies readonly WrongValue[];
