import type { Application } from '../applications/declared/application.js';
import type { Environment } from './environment.js';

/** The applications that an environment declares. */
export const declaredApplications = ({
  applications = [],
}: Pick<Environment, 'applications'>): readonly Application[] =>
  applications.flatMap((one) => (typeof one === 'string' ? [] : one));
