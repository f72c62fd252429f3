import type { Application } from './application.js';

/** The uid of the dashboard of the load test of an application. */
export const loadDashboardUid = ({ name }: Pick<Application, 'name'>): string => `load-${name}`;
