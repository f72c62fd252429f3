import type { Application } from './application.js';

/** The uid of the dashboard of an application. */
export const dashboardUid = ({ name }: Pick<Application, 'name'>): string => `app-${name}`;
