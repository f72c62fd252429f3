import { type CheckInput, defineCheck } from '../../model/check.js';
import { encodedSize } from '../../model/encoded-size.js';
import type { FaultKinds, FoundFault } from '../../model/fault.js';
import { type Manifest, titleOf } from '../../model/manifest.js';
import { memoize } from '../../model/memoize.js';
import { formatBytes } from '../../model/quantity.js';
import { filesOfKind, stemOf } from '../support/file.js';
import { named, recordOf } from '../support/untyped.js';

// A client-side apply stores the object in an annotation, and all annotations of an object together
// are limited to 256 KiB. The rest is for other annotations, such as those of GitOps tools.
// https://github.com/kubernetes/kubernetes/blob/v1.36.3/staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go
const limit = 250 * 1024;

// https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/core/validation/validation.go (ValidateConfigMap)
const most = 1024 * 1024;

const faults = {
  'too-large': {
    what: 'The object is larger than 250 KiB as kubectl encodes it.',
    why: 'A client-side apply stores a copy of the object in an annotation, and the API server rejects a larger one.',
    example: 'kind: ConfigMap\ndata:\n  shop.json: …   # 300 KiB',
    fix: 'Split its content, or shorten it.',
  },
  'large-dashboard': {
    what: 'The dashboard is too large for a ConfigMap, also without white space.',
    why: 'Grafana reads dashboards from ConfigMaps, and the API server rejects this one in a client-side apply.',
    example: '{ "title": "Shop", "uid": "shop", "description": "…" }   # 300 KiB',
    fix: 'Split it into several dashboards, or remove panels that nobody reads. A server-side apply (kubectl apply --server-side, Flux, or Argo CD with ServerSideApply=true) takes up to 1 MiB: if you use it, waive this finding at the file.',
  },
} satisfies FaultKinds;

type Result = FoundFault<keyof typeof faults>;

const check = defineCheck({
  faults,
  summary: 'No object is larger than 250 KiB, so that a client-side `kubectl apply` accepts it.',
  run: (input) =>
    named(input.manifests).flatMap((manifest): Result[] => {
      const { object, construct } = manifest;
      const size = sizeOf(object);
      if (size <= limit) return [];
      const large = largeDashboards(input, manifest);
      if (large.length > 0) return large;
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

const sizeOf = memoize((object: object): number => encodedSize(object));

/** Dashboards of a ConfigMap that do not fit into one alone. */
const largeDashboards = (input: CheckInput, manifest: Manifest): Result[] => {
  const { object, construct } = manifest;
  const data = recordOf(object.data);
  return filesOfKind(input, 'grafana-dashboard')
    .filter((file) => file.manifest === manifest)
    .flatMap((file): Result[] => {
      const alone = { ...object, data: { [file.key]: data[file.key] } };
      if (encodedSize(alone) <= limit) return [];
      const source = input.sources[`dashboards/${stemOf(file)}`];
      const size = formatBytes(encodedSize(data[file.key]));
      return [
        {
          place: source ? { file: source.file } : { object: titleOf(object), construct },
          fault: 'large-dashboard',
          message: `The dashboard has ${size} as kubectl encodes it, and a ConfigMap can have ${formatBytes(limit)} in a client-side apply.`,
          value: size,
          ...(Buffer.byteLength(`${data[file.key]}`) > most && {
            message: 'The dashboard is larger than a ConfigMap can be, which is 1 MiB.',
            remedy: 'Split it into several dashboards, or remove panels that nobody reads.',
          }),
        },
      ];
    });
};
