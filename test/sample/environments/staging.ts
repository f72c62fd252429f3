import { minimal } from '../../environment.js';

/** The required options, in another stage. */
export default { ...minimal, stage: 'staging' as const };
