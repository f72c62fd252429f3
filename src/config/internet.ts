import type { Location } from '../model/location.js';

/**
 * All addresses except private, shared, link-local and loopback ranges (RFC 1918, 6598, 3927, 4193, 4291).
 */
export const internet: Location = {
  kind: 'addresses',
  cidrs: ['0.0.0.0/0', '::/0'],
  except: [
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
    '169.254.0.0/16',
    '127.0.0.0/8',
    'fc00::/7',
    'fe80::/10',
    '::1/128',
  ],
};

/** The port of an http or https URL. */
export const portOf = (url: string): number => {
  const { port, protocol } = new URL(url);
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
};
