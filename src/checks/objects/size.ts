import { defineCheck } from '../../model/check.js';
import type { FaultKinds } from '../../model/fault.js';
import { titleOf } from '../../model/manifest.js';
import { memoize } from '../../model/memoize.js';
import { formatBytes } from '../../model/quantity.js';
import { filesOfKind } from '../support/file.js';
import { named } from '../support/untyped.js';

// A client-side apply stores the object in an annotation, and all annotations of an object together
// are limited to 256 KiB: https://github.com/kubernetes/kubernetes/blob/v1.36.3/staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go
const limit = 200 * 1024;

const faults = {
  'too-large': {
    what: 'The object is larger than 200 KiB as kubectl encodes it.',
    why: 'A client-side apply stores a copy of the object in an annotation, and the API server rejects a larger one.',
    example: 'kind: ConfigMap\ndata:\n  shop.json: …   # 300 KiB',
    fix: 'Split its content, or shorten it.',
  },
} satisfies FaultKinds;

const check = defineCheck({
  faults,
  summary: 'No object is larger than 200 KiB, so that a client-side `kubectl apply` accepts it.',
  run: (input) =>
    named(input.manifests).flatMap((manifest) => {
      const { object, construct } = manifest;
      const size = encodedSize(object);
      if (size <= limit) return [];
      const dashboards = filesOfKind(input, 'grafana-dashboard');
      return [
        {
          place: { object: titleOf(object), construct },
          fault: 'too-large',
          message: `The object is larger than ${formatBytes(limit)} as kubectl encodes it.`,
          value: formatBytes(size),
          remedy: dashboards.some((one) => one.manifest === manifest)
            ? 'Raise grafana.dashboardShards, put some of the dashboards into another folder, or shorten the longest.'
            : 'Split what it holds, or shorten it.',
        },
      ];
    }),
});

export default check;

/** Bytes of the object in Go's JSON, which escapes characters of HTML and line separators with six bytes. */
const encodedSize = memoize((object: object): number => {
  const json = JSON.stringify(object);
  const count = (characters: RegExp) => json.match(characters)?.length ?? 0;
  return Buffer.byteLength(json) + 5 * count(/[<>&]/g) + 3 * count(/[\u2028\u2029]/g);
});
