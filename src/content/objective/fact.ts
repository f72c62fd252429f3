import type { Rules } from '../alert-group.js';

/** The fact that an environment has objectives: a group of rules records their targets. */
export const objectivesFact = 'configured:objectives';

/** Why content that needs this fact is left out. */
export const withoutObjectives = 'no objective of an application is measured';

/** Whether rules record the target of an objective. */
export const measuresObjectives = ({ recordings = [] }: Rules): boolean =>
  recordings.some(({ record }) => record === 'slo:objective:ratio');
