import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Place } from '../src/model/finding.js';
import { withOptionLine } from '../src/option-line.js';
import { fill, temporaryFolder } from './output/folder.js';

const environment = `export default {
  exposure: {
    grafana: {
      ingressClass: 'nginx',
      annotations: {
        'cert-manager.io/cluster-isuer': 'letsencrypt',
      },
    },
    behindAuthProxy: {
      annotations: { 'nginx.ingress.kubernetes.io/auth-type': 'basic' },
    },
  },
};
`;

/** The line of a finding of the check ingress. */
const lineOf = (place: Place) => {
  const file = join(fill(temporaryFolder(), { 'one.ts': environment }), 'one.ts');
  const found = withOptionLine(
    {
      code: 'ingress/misspelt-annotation',
      severity: 'warning',
      message: 'a',
      why: 'b',
      remedy: 'c',
      place: { file, ...place },
    },
    file,
  );
  expect(found.place.path).toBe(place.path);
  return found.place.line;
};

test.each<[string, Place, number | undefined]>([
  [
    'of Grafana',
    {
      object: 'Ingress crowsnest/crowsnest-grafana',
      construct: 'components/grafana/server/ingress',
      path: "metadata.annotations['cert-manager.io/cluster-isuer']",
    },
    6,
  ],
  [
    'of Grafana, without the annotation that it needs',
    {
      object: 'Ingress crowsnest/crowsnest-grafana',
      construct: 'components/grafana/server/ingress',
      path: "metadata.annotations['alb.ingress.kubernetes.io/target-type']",
    },
    5,
  ],
  [
    'of Grafana, about its class',
    {
      object: 'Ingress crowsnest/crowsnest-grafana',
      construct: 'components/grafana/server/ingress',
      path: 'spec.ingressClassName',
    },
    4,
  ],
  [
    'of another server',
    {
      object: 'Ingress crowsnest/crowsnest-prometheus',
      construct: 'components/prometheus/server/ingress',
      path: "metadata.annotations['nginx.ingress.kubernetes.io/auth-type']",
    },
    10,
  ],
  [
    'of a component of the user, which has its own options',
    {
      object: 'Ingress crowsnest/crowsnest-mailer',
      construct: 'components/mailer/ingress',
      path: 'metadata.annotations',
    },
    undefined,
  ],
])('a finding about the Ingress %s has the line of the option', (_, place, line) => {
  expect(lineOf(place)).toBe(line);
});
