import type { SecretReference } from '../../model/prerequisite.js';
import { referencesIn } from '../../model/secret-file.js';

/**
 * The Secrets that Alertmanager reads only when it loads its configuration; it reads the others for each notification.
 * https://github.com/prometheus/alertmanager/blob/v0.34.0/notify/rocketchat/rocketchat.go
 */
export const readAtStart = (value: unknown): SecretReference[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, one]) =>
        /^(rocketchat|incidentio)_/.test(name) ? referencesIn(one) : readAtStart(one),
      );
