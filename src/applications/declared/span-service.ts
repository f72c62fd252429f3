import type { Application } from './application.js';

/** The resource attribute `service.name` of the spans of an application. */
export const spanServiceOf = ({ name, traces }: Pick<Application, 'name' | 'traces'>): string =>
  traces?.service ?? name;
