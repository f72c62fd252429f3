import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { type Manifest, titleOf } from '../model/manifest.js';
import { hold } from '../schema/hold.js';
import { type FileKind, fileKinds } from './configuration/file.js';
import { named, recordOf } from './reference/lenient.js';

const check: Check = {
  summary:
    'Every configuration file that a component of ours reads has a strict type: no field that we do not write, none missing, every duration, size, URL and regular expression well formed, and every name inside (receivers, pipelines, data sources) defined in it.',
  run: ({ manifests }) => {
    const components = new Set(fileKinds.map(({ component }) => component));
    return named(manifests).flatMap((manifest) => {
      const { kind, metadata, data } = manifest.object;
      const component = metadata.labels?.['app.kubernetes.io/name'] ?? '';
      if (kind !== 'ConfigMap' || !components.has(component)) return [];
      return Object.entries(recordOf(data)).flatMap(([key, text]) => {
        if (typeof text !== 'string') return [];
        const file = fileKinds.find((one) => one.component === component && one.key.test(key));
        return file ? faultsOf(file, key, text, manifest) : [unread(manifest, component, key)];
      });
    });
  },
};

export default check;

type Result = Omit<Finding, 'check'>;

// Environments share rule files and dashboards, of which reading is most of the work.
const held = new Map<string, readonly Finding[]>();

const faultsOf = (kind: FileKind, key: string, text: string, manifest: Manifest): Result[] => {
  const known = held.get(text) ?? judge(kind, key, text);
  held.set(text, known);
  return known.map(({ check: _, place, ...finding }) => ({
    ...finding,
    place: placeOf(manifest, [key, place.path].filter(Boolean).join(': ')),
  }));
};

const judge = (kind: FileKind, key: string, text: string): readonly Finding[] => {
  try {
    return hold(kind.schema, kind.read(text), key, 'configuration').findings;
  } catch (error) {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return [
      {
        check: 'configuration',
        severity: 'error',
        place: {},
        message: `The file cannot be read: ${message}`,
        remedy: 'Correct it there.',
      },
    ];
  }
};

const unread = (manifest: Manifest, component: string, key: string): Result => ({
  severity: 'error',
  place: placeOf(manifest, key),
  message: `${component} reads no file of this name.`,
  value: key,
  remedy: `Its files are ${fileKinds
    .filter((one) => one.component === component)
    .map((one) => one.key.source.replace(/[\^$\\]/g, '').replace(/^\./, '*.'))
    .join(', ')}.`,
});

const placeOf = ({ object, construct }: Manifest, path: string): Finding['place'] => ({
  object: titleOf(object),
  construct,
  path,
});
