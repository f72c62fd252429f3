import type { Check } from '../model/check.js';
import { type KubernetesObject, titleOf } from '../model/manifest.js';
import { once } from '../model/once.js';
import { formatBytes } from '../model/quantity.js';
import { named, recordOf } from './reference/lenient.js';

// The annotation in which a client-side apply keeps the object is limited to 256 KiB, and all
// annotations together to as much: https://github.com/kubernetes/kubernetes/blob/v1.36.3/staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go
const limit = 200 * 1024;

const check: Check = {
  summary: 'No object is larger than 200 KiB, so that a client-side `kubectl apply` takes it.',
  run: ({ manifests }) =>
    named(manifests).flatMap(({ object, construct }) => {
      const size = encodedSize(object);
      if (size <= limit) return [];
      return [
        {
          severity: 'error',
          place: { object: titleOf(object), construct },
          message: `The object is larger than ${formatBytes(limit)} as kubectl encodes it.`,
          value: formatBytes(size),
          why: 'A client-side apply keeps a copy of it in an annotation, which must not be larger.',
          remedy: holdsDashboards(object)
            ? 'Raise grafana.dashboardShards, put some of the dashboards into another folder, or shorten the longest.'
            : 'Split what it holds, or shorten it.',
        },
      ];
    }),
};

export default check;

const holdsDashboards = ({ kind, metadata, data }: KubernetesObject): boolean =>
  kind === 'ConfigMap' &&
  metadata.labels?.['app.kubernetes.io/name'] === 'grafana' &&
  Object.keys(recordOf(data)).some((key) => key.endsWith('.json'));

/** Bytes of the object in Go's JSON, which writes six for what could be read as HTML or a line. */
const encodedSize = once((object: object): number => {
  const json = JSON.stringify(object);
  const count = (characters: RegExp) => json.match(characters)?.length ?? 0;
  return Buffer.byteLength(json) + 5 * count(/[<>&]/g) + 3 * count(/[\u2028\u2029]/g);
});
