import { z } from 'zod';
import { secretReference } from '../../config/fields.js';
import { type ClientPlaces, checkClient, type NativeClient } from '../../config/native-client.js';
import { place } from '../../config/place.js';
import {
  hasTargets,
  type NativeTargets,
  targetFaults,
  targetsOf,
} from '../../config/scrape-config.js';
import { isOwnPlace } from '../../config/server.js';
import type { Location } from '../../model/location.js';
import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import { withFiles } from '../../model/secret-file.js';
import type { EngineValue } from '../../schema/engine-value.js';
import type { engine } from '../../schema/prometheus/engine.js';
import { unknownTargets } from '../../schema/prometheus/scrape-config.js';
import { prometheusType } from '../../schema/prometheus/type.js';
import { scheme } from '../../schema/prometheus/type-rules.js';
import { nativeParty } from './native-party.js';

const places = {
  /** Where the Alertmanagers are. @default - IP addresses: themselves; names: any address outside private ranges */
  at: place.optional(),
  /** The ports of the targets that SRV records in `dns_sd_configs` contain. @default - none */
  ports: z.array(z.int().min(1).max(65535)).min(1).optional(),
  /** Where the server of `oauth2` is. @default - any address outside private ranges, listed as open */
  loginAt: place.optional(),
  /** Location of the proxy of `proxy_url`. @default - any address outside private ranges, listed as open */
  proxyAt: place.optional(),
  /** Why the certificate cannot be verified, for `insecure_skip_verify`; listed in the generated README. */
  unverified: z.string().min(10).optional(),
};

type Input = EngineValue<typeof engine, 'config.AlertmanagerConfig'> &
  z.input<z.ZodObject<typeof places>>;

/** Alertmanagers outside the stack: native fields of an entry of `alertmanagers`, and where they are. */
export const alertmanagerServers = z.lazy(() =>
  prometheusType(secretReference, {
    'config.AlertmanagerConfig': {
      ours: places,
      fields: { scheme: scheme.default('http') },
      refused: unknownTargets,
      refinements: [
        (fields, context) => {
          const one = fields as unknown as NativeTargets;
          // The file that ships with Prometheus has an entry without targets, which has no effect.
          if (one.static_configs === undefined && !hasTargets(one)) {
            const message = 'a list of targets, or their names in dns_sd_configs';
            context.addIssue({ code: 'custom', path: ['static_configs'], message });
          }
          targetFaults(one, context);
          const targets = targetsOf(fields as unknown as NativeTargets, fields.ports as number[]);
          const named = targets.filter(({ host }) => !isOwnPlace(host));
          checkClient(fields as ClientPlaces, fields as unknown as NativeClient, named, context);
        },
      ],
    },
  })('config.AlertmanagerConfig'),
) as unknown as z.ZodType<AlertmanagerServers, Input>;

/** A validated entry. */
export type AlertmanagerServers = Input & { readonly scheme: 'http' | 'https' };

/** The Alertmanagers of each entry, as an outside party. */
export const outsideAlertmanagers = (entries: readonly AlertmanagerServers[]): Party[] =>
  entries.flatMap((entry, index) => {
    if (!hasTargets(entry as unknown as NativeTargets)) return [];
    const { at, loginAt, proxyAt, unverified, ports, ...client } = entry;
    const targets = targetsOf(client as unknown as NativeTargets, ports);
    return nativeParty({
      name: `outside-alertmanager-${index + 1}`,
      declaration: { path: `prometheus.alertmanagers[${index}]`, name: 'static_configs' },
      endpoint: 'alerts',
      offer: offer('raw-alerts', entry.path_prefix ? { path: entry.path_prefix } : {}),
      scheme: entry.scheme,
      servers: targets.map((one) => ({ ...one, scheme: entry.scheme })),
      client: client as unknown as Parameters<typeof nativeParty>[0]['client'],
      ...placesOf({ at, loginAt, proxyAt }),
      ...(unverified !== undefined && { unverified }),
    });
  });

const placesOf = (all: Readonly<Record<string, Location | undefined>>): object =>
  Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined));

/** The entries as Prometheus reads them, with paths of files; those without targets are left out. */
export const alertmanagersConfig = (entries: readonly AlertmanagerServers[]): object[] =>
  entries
    .filter((entry) => hasTargets(entry as unknown as NativeTargets))
    .map(({ at, loginAt, proxyAt, unverified, ports, ...native }) => withFiles(native) as object);
