import type { Report, Unvalidated } from '../definition.js';

/** Each name is the name of an exporter, a scrape job and a party, so it must be unique. */
export const uniqueNames = ({ servers }: Unvalidated, report: Report): void => {
  const names = Array.isArray(servers) ? servers.map((one) => one?.name) : [];
  for (const [index, name] of names.entries()) {
    if (name === undefined || names.indexOf(name) === index) continue;
    report(['servers', index, 'name'], 'a name that no other server has');
  }
};
