import { configFinding } from '../config/faults.js';
import type { SealedFile } from '../config/sealed-file.js';
import type { SealedSecrets } from '../config/secrets.js';
import { creationOf } from '../model/creation.js';
import type { Finding } from '../model/finding.js';
import type { Prerequisite, SecretPrerequisite } from '../model/prerequisite.js';
import { type SealedObject, sealedObjectsIn } from './sealed-object.js';

/** Each Secret with the SealedSecret from which it results, and what is missing. */
export const withSealed = (
  prerequisites: readonly Prerequisite[],
  wanted: readonly SecretPrerequisite[],
  { folder }: SealedSecrets,
  files: readonly SealedFile[],
): { readonly prerequisites: readonly Prerequisite[]; readonly faults: readonly Finding[] } => {
  const { objects, faults } = sealedObjectsIn(files);
  const used = new Map<SealedObject, SecretPrerequisite>();
  const found: Finding[] = [];
  for (const secret of wanted) {
    const object = objects.find((one) => isFor(one, secret));
    if (object) used.set(object, secret);
    found.push(...(object ? lacking(object, secret) : [missing(secret, folder, objects)]));
  }
  return {
    prerequisites: prerequisites.map((one) => {
      const [object] = [...used].find(([, secret]) => isSame(secret, one)) ?? [];
      if (!object) return one;
      const { annotations, spec } = object;
      return { ...one, sealed: { file: `${object.at().file}`, annotations, spec } };
    }),
    faults: [...faults, ...found, ...objects.filter((one) => !used.has(one)).map(unused)],
  };
};

const isSame = (a: SecretPrerequisite, b: Prerequisite): boolean =>
  b.kind === 'Secret' && a.name === b.name && a.namespace === b.namespace;

const isFor = ({ name, namespace }: SealedObject, secret: SecretPrerequisite): boolean =>
  name === secret.name && (namespace ?? secret.namespace) === secret.namespace;

const missing = (
  secret: SecretPrerequisite,
  folder: string,
  objects: readonly SealedObject[],
): Finding => {
  const { name, namespace } = secret;
  const other = objects.find((one) => one.name === name);
  return configFinding({
    fault: 'missing-sealed-secret',
    place: other ? other.at('metadata', 'namespace') : { path: 'secrets.source.folder' },
    message: other
      ? `This SealedSecret is for the namespace ${other.namespace}: it cannot be decrypted in ${namespace}, where ${name} is read.`
      : `No file of ${folder} has the SealedSecret ${namespace}/${name}.`,
    value: other?.namespace ?? folder,
    remedy: `Run: ${sealCommand(secret, `${folder}/${name}.yaml`)}`,
  });
};

/** The command that writes the file of a SealedSecret. */
const sealCommand = (
  { remote: _, sealed: __, ...secret }: SecretPrerequisite,
  file: string,
): string =>
  `${creationOf(secret).command} --dry-run=client -o yaml | kubeseal --format yaml > ${file}`;

const lacking = (object: SealedObject, secret: SecretPrerequisite): Finding[] => {
  const { name, namespace, type = 'Opaque' } = secret;
  const keys = Object.keys(secret.keys).filter((key) => !object.keys.includes(key));
  const { file } = object.at();
  return [
    ...keys.map((key) =>
      configFinding({
        fault: 'missing-sealed-secret',
        place: object.at('spec', 'encryptedData'),
        message: `SealedSecret ${namespace}/${name} has no key '${key}': ${secret.keys[key]}.`,
        remedy: `Run: kubectl -n ${namespace} create secret generic ${name} --from-file=${key}=./${key} --dry-run=client -o yaml | kubeseal --format yaml --merge-into ${file}`,
      }),
    ),
    ...(object.type === type
      ? []
      : [
          configFinding({
            fault: 'invalid-sealed-file',
            place: object.at('spec', 'template', 'type'),
            message: `The Secret ${namespace}/${name} needs another type.`,
            value: object.type,
            remedy: `Set spec.template.type to ${type}.`,
          }),
        ]),
  ];
};

const unused = ({ name, namespace, at }: SealedObject): Finding =>
  configFinding({
    fault: 'unused-secret',
    place: at('metadata', 'name'),
    message: `Nothing reads the Secret '${[namespace, name].filter(Boolean).join('/')}' in this environment, so this file is not in dist/.`,
    value: name,
    remedy: 'Move it to another folder, or remove it.',
  });
