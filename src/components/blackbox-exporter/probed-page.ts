import { z } from 'zod';
import { dnsLabel, duration, url } from '../../config/fields.js';
import { internet, portOf } from '../../config/internet.js';
import { place } from '../../config/place.js';
import { partyNameOf } from '../../config/scrape-config.js';
import { addressBlock, bareAddress, placed, serverAt } from '../../config/server.js';
import { health } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import type { Report, Unvalidated } from '../definition.js';

/** A page to probe. */
export const probe = z
  .strictObject({
    url,
    /** Value of the label `service`. @default - from the host and the path */
    name: dnsLabel.optional(),
    /** @default - the scrape interval */
    interval: duration.optional(),
    /** Status codes of a success. @default [200] */
    status: z.array(z.int().min(100).max(599)).min(1).optional(),
    /** Follows redirects: the last answer counts. @default false */
    followRedirects: z.boolean().optional(),
    /** Why the certificate cannot be verified; listed in the generated README. @default - it is verified */
    unverified: z.string().min(10).optional(),
    /** Where the server is. @default - any address outside private ranges, listed as open */
    at: place.optional(),
  })
  .superRefine(({ url: address, at, unverified }, context) => {
    const server = serverAt(address);
    placed('at', at, [server], context);
    if (unverified === undefined || server.scheme === 'https') return;
    const message = 'nothing: the page has no certificate';
    context.addIssue({ code: 'custom', path: ['unverified'], message, input: unverified });
  });

type Probe = z.output<typeof probe>;

const nameOf = ({ name, url: address }: Pick<Probe, 'name' | 'url'>): string => {
  const { host, pathname } = new URL(address);
  return name ?? partyNameOf(`probe ${host}${pathname}`);
};

/** The pages to probe, each as an outside party with a health page. */
export const probedPages = (probes: readonly Probe[]): Party[] =>
  probes.map((one, index): Party => {
    const { hostname, pathname, search } = new URL(one.url);
    const { scheme } = serverAt(one.url);
    const name = nameOf(one);
    const address = bareAddress(hostname);
    const block = address && addressBlock(address);
    return {
      name,
      declaration: { path: `blackboxExporter.probes[${index}]`, name: one.name ? 'name' : 'url' },
      workloads: {
        [name]: one.at ?? (block ? { kind: 'addresses', cidrs: [block] } : internet),
      },
      endpoints: {
        page: {
          port: portOf(one.url),
          scheme: scheme === 'https' ? 'https' : 'http',
          host: hostname,
          verification: one.unverified
            ? { kind: 'unverified', reason: one.unverified }
            : { kind: 'public-ca' },
          offers: [health(`${pathname}${search}`, { probe: settingsOf(one) })],
        },
      },
      consumes: [],
    };
  });

const settingsOf = ({ interval, status, followRedirects }: Probe) => ({
  ...(interval !== undefined && { interval }),
  ...(status && { status }),
  ...(followRedirects !== undefined && { followRedirects }),
});

/** Pages have different names. */
export const uniquePages = ({ probes }: Unvalidated, report: Report): void => {
  const list: readonly Partial<Probe>[] = Array.isArray(probes) ? probes : [];
  const names = list.map((one) =>
    typeof one?.url === 'string' && URL.canParse(one.url) ? nameOf(one as Probe) : undefined,
  );
  for (const [index, name] of names.entries()) {
    if (name === undefined || names.indexOf(name) === index) continue;
    report(['probes', index, 'name'], 'a name that no other page has');
  }
};
