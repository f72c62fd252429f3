import { loadAll } from 'js-yaml';
import { configFinding } from '../config/faults.js';
import type { SealedFile } from '../config/sealed-file.js';
import type { Finding, Place } from '../model/finding.js';
import { isSealed } from '../model/sealed-value.js';
import { YamlFault, yamlDocuments } from '../model/yaml-document.js';

/** A `SealedSecret` of a file. */
export interface SealedObject {
  readonly name: string;
  /** @default - it can have any */
  readonly namespace?: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** The keys of the Secret that results. */
  readonly keys: readonly string[];
  /** The type of that Secret. */
  readonly type: string;
  readonly spec: Readonly<Record<string, unknown>>;
  /** The place of a part. */
  at(...path: string[]): Place;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** The objects in files, and what is wrong with them; no finding has a value of a Secret. */
export const sealedObjectsIn = (
  files: readonly SealedFile[],
): { readonly objects: readonly SealedObject[]; readonly faults: readonly Finding[] } => {
  const objects: SealedObject[] = [];
  const faults: Finding[] = [];
  for (const { file, text } of files) {
    try {
      const documents = yamlDocuments(text);
      for (const [index, value] of loadAll(text).entries()) {
        if (value === null || value === undefined || isKustomization(value)) continue;
        const at = (...path: string[]): Place => {
          const line = documents[index]?.lineAt(path);
          return { file, ...(line !== undefined && { line }) };
        };
        const found = readObject(fieldsOf(value), at);
        faults.push(...found.faults);
        if (found.object) objects.push(found.object);
      }
    } catch (error) {
      if (!(error instanceof YamlFault)) throw error;
      const place = { file, ...(error.line !== undefined && { line: error.line }) };
      faults.push(
        configFinding({
          fault: 'invalid-sealed-file',
          place,
          message: `This is not YAML: ${error.message}.`,
        }),
      );
    }
  }
  return { objects, faults };
};

/** A file of kustomize, which lists the others; `dist/` has its own. */
const isKustomization = (value: unknown): boolean =>
  /^kustomize\.config\.k8s\.io\//.test(`${fieldsOf(value).apiVersion}`);

/** A template without the time that older releases of kubeseal write: null, which the API server does not store. */
const withoutTime = (spec: Fields): Fields => {
  const template = fieldsOf(spec.template);
  const { creationTimestamp, ...metadata } = fieldsOf(template.metadata);
  return creationTimestamp === null ? { ...spec, template: { ...template, metadata } } : spec;
};

const clusterWide = 'sealedsecrets.bitnami.com/cluster-wide';

const readObject = (
  value: Fields,
  at: SealedObject['at'],
): { readonly object?: SealedObject; readonly faults: readonly Finding[] } => {
  const { apiVersion, kind } = value;
  const { name, namespace, annotations } = fieldsOf(value.metadata);
  if (kind === 'Secret') return { faults: [plainSecret(`${name}`, at())] };
  if (
    kind !== 'SealedSecret' ||
    apiVersion !== 'bitnami.com/v1alpha1' ||
    typeof name !== 'string'
  ) {
    const message = 'This object is no SealedSecret of bitnami.com/v1alpha1 with a name.';
    const place = at('kind');
    return {
      faults: [
        configFinding({
          fault: 'invalid-sealed-file',
          place,
          message,
          ...(kind !== undefined && { value: `${kind}` }),
        }),
      ],
    };
  }
  const spec = withoutTime(fieldsOf(value.spec));
  const encrypted = fieldsOf(spec.encryptedData);
  const template = fieldsOf(spec.template);
  const texts = fieldsOf(annotations) as Readonly<Record<string, string>>;
  const isAnywhere = texts[clusterWide] === 'true';
  return {
    object: {
      name,
      ...(!isAnywhere && typeof namespace === 'string' && { namespace }),
      annotations: texts,
      // A template can make keys of several values, and leave out a value with null.
      keys: [
        ...new Set([...Object.keys(encrypted), ...Object.keys(fieldsOf(template.data))]),
      ].filter((key) => fieldsOf(template.data)[key] !== null),
      type: `${template.type ?? 'Opaque'}`,
      spec,
      at,
    },
    faults: Object.entries(encrypted)
      .filter(([, one]) => !isSealed(one))
      .map(([key]) =>
        configFinding({
          fault: 'unsealed-secret',
          place: at('spec', 'encryptedData', key),
          message: `The value of '${key}' in SealedSecret ${name} is not sealed.`,
          remedy: `Write it with kubeseal. If it is a real value, replace it on its server: it is in a file.`,
        }),
      ),
  };
};

const plainSecret = (name: string, place: Place): Finding =>
  configFinding({
    fault: 'unsealed-secret',
    place,
    message: `Secret ${name} is not sealed: anybody who reads the file has its values.`,
    remedy: `Seal it with kubeseal --format yaml, and delete this file. If it was committed, replace its values on their servers.`,
  });
