import { type CheckInput, defineCheck } from '../../model/check.js';
import { isCredentialName, isLiteral, masked } from '../../model/credential.js';
import { knownCredential, knownCredentials } from '../../model/credential-format.js';
import type { Manifest } from '../../model/manifest.js';
import { memoize, memoizeText } from '../../model/memoize.js';
import { isSealed } from '../../model/sealed-value.js';
import { faultIn } from '../support/pod/fault.js';
import { named, recordOf, type Untyped } from '../support/untyped.js';
import { type CredentialsFault, faults, type Result } from './credentials/faults.js';
import { type Literal, literalsAmong, literalsIn } from './credentials/text.js';

const check = defineCheck({
  faults,
  summary:
    'The manifests contain no credential: no Secret, no value in the format of a known credential, and no literal in a field with the name of a credential, in any field, variable, argument or configuration file.',
  run: ({ manifests, prerequisites, sources, declarations }) =>
    named(manifests).flatMap((manifest) =>
      faultsOf(manifest, secretsOf(prerequisites), sources, declarations),
    ),
});

export default check;

// A field such as `auth-secret` can contain the name of a Secret.
const secretsOf = memoize(
  (prerequisites: CheckInput['prerequisites']): ReadonlySet<string> =>
    new Set(
      prerequisites.flatMap(({ kind, namespace, name }) =>
        kind === 'Secret' ? [name, `${namespace}/${name}`] : [],
      ),
    ),
);

const faultsOf = memoize(
  (
    manifest: Manifest,
    secrets: ReadonlySet<string>,
    sources: CheckInput['sources'],
    declarations: CheckInput['declarations'],
  ): Result[] => {
    const found: Result[] = [];
    const report: Context['report'] = (fault, text) =>
      found.push(
        inSource(fault, text, sources) ??
          inApplication(fault, text, sources, declarations) ??
          faultIn(manifest, fault),
      );
    if (manifest.object.kind === 'Secret') report(shippedSecret(manifest));
    else {
      const { object } = manifest;
      const context = {
        inFile: isFile(manifest),
        secrets,
        places: placesIn(object.kind),
        sealed: object.kind === 'SealedSecret',
        report,
      };
      walk(object, '', '', context);
    }
    return found;
  },
);

/** A fault in a dashboard or a rule file has the place in its source: it is the same in all environments. */
const inSource = (
  { path, ...fault }: CredentialsFault,
  text: string | undefined,
  sources: CheckInput['sources'],
): Result | undefined => {
  const [, name = '', extension] = /^data\['([^']+)\.(json|yaml)'\]/.exec(path) ?? [];
  const source = sources[`${extension === 'json' ? 'dashboards' : 'alerts'}/${name}`];
  if (!source) return undefined;
  const line = text === undefined ? undefined : source.lineOf(text);
  return { ...fault, place: { file: source.file, ...(line && { line }) } };
};

/** A fault in a scrape job has the place in the application that declares it, if that has the text. */
const inApplication = (
  { path, ...fault }: CredentialsFault,
  text: string | undefined,
  sources: CheckInput['sources'],
  declarations: CheckInput['declarations'],
): Result | undefined => {
  if (text === undefined || !path.startsWith("data['prometheus.yml']")) return undefined;
  const files = new Set(Object.values(declarations).map((one) => one?.file));
  for (const source of Object.values(sources)) {
    const line = files.has(source.file) ? source.lineOf(text) : undefined;
    if (line !== undefined) return { ...fault, place: { file: source.file, line } };
  }
  return undefined;
};

const shippedSecret = ({ object }: Manifest): CredentialsFault => ({
  path: object.data ? 'data' : object.stringData ? 'stringData' : 'kind',
  fault: 'shipped-secret',
  value: Object.keys({ ...recordOf(object.data), ...recordOf(object.stringData) }).join(', '),
});

const isFile = ({ object }: Manifest): boolean => object.kind === 'ConfigMap';

/** The fields of an object that have the place of a value, and not the value. */
const placesIn = (kind: string): RegExp | undefined =>
  kind === 'ExternalSecret'
    ? /^spec\.data\[\d+\]\.(secretKey|remoteRef\.(key|property))$/
    : undefined;

/** Facts that are the same for all texts of an object, and where to report. */
interface Context {
  readonly inFile: boolean;
  readonly secrets: ReadonlySet<string>;
  /** Paths of fields whose text is the name of a key, and no credential. @default - none */
  readonly places: RegExp | undefined;
  /** Whether its encrypted values are no credentials. */
  readonly sealed: boolean;
  /** `text` is the credential, by which its line is found. */
  readonly report: (fault: CredentialsFault, text?: string) => void;
}

/** Checks every text inside a value; `name` is the name of the nearest field. */
const walk = (value: Untyped, path: string, name: string, context: Context): void => {
  if (typeof value === 'string') {
    checkText(value, path, name, context);
  } else if (Array.isArray(value)) {
    if (name === 'args' || name === 'command') checkArguments(value, path, context);
    for (const [index, item] of value.entries()) walk(item, `${path}[${index}]`, name, context);
  } else if (typeof value === 'object' && value !== null) {
    // An environment variable has its name in the field `name`.
    const variable = 'value' in value && typeof value.name === 'string' ? value.name : 'value';
    for (const key of Object.keys(value)) {
      const step = /^\w+$/.test(key) ? `.${key}` : `['${key}']`;
      const at = path === '' && step.startsWith('.') ? key : `${path}${step}`;
      walk(value[key], at, key === 'value' ? variable : key, context);
    }
  }
};

/** Reports a text with a known format, a field with the name of a credential, or literals in a text. */
const checkText = (text: string, path: string, name: string, context: Context): void => {
  const { inFile, secrets, places, sealed, report } = context;
  if (sealed && path.startsWith('spec.encryptedData') && isSealed(text)) return;
  const decoded = path.startsWith('binaryData') ? Buffer.from(text, 'base64').toString() : text;
  const isContent = inFile && /^(binaryData|data)\b/.test(path);
  const known = isContent ? inContent(decoded).known : [knownCredential(decoded) ?? []].flat();
  for (const { name: format, value } of known) {
    report(faultOf('known-format', path, `The value is ${format}.`), value);
  }
  if (known.length > 0 && !isContent) return;
  if (isCredentialName(name) && isLiteral(decoded) && !isMultiline(decoded)) {
    // The value may be the name of a Secret, or of a key.
    if (!secrets.has(decoded) && !places?.test(path)) report(literalFault(path, { name }));
  } else if (isContent || isEmbedded(decoded)) {
    for (const literal of isContent ? inContent(decoded).literals : literalsIn(decoded)) {
      const isReported = known.some(({ value }) => literal.value.includes(value));
      if (!isReported && !isRoute(literal, decoded)) {
        report(literalFault(path, literal), literal.value);
      }
    }
  }
};

// Environments have the same dashboards and rule files.
const inContent = memoizeText((text) => ({
  known: knownCredentials(text),
  literals: literalsIn(text),
}));

// The routing_key of VictorOps is no credential. For that of PagerDuty, the check `configuration` requires a file.
const isRoute = ({ name }: Literal, text: string): boolean =>
  name === 'routing_key' && /^ *victorops_configs:/m.test(text);

const isMultiline = (text: string): boolean => text.trimEnd().includes('\n');

/** Whether a text is a whole file: it has several lines, or is JSON. */
const isEmbedded = (text: string): boolean => isMultiline(text) || /^\s*[{[]/.test(text);

const checkArguments = (items: readonly unknown[], path: string, { report }: Context): void => {
  for (const literal of literalsAmong(
    items.map((item) => (typeof item === 'string' ? item : '')),
  )) {
    report(literalFault(path, literal));
  }
};

const literalFault = (path: string, { name }: Pick<Literal, 'name'>): CredentialsFault =>
  faultOf(
    'literal-credential',
    path,
    `'${name}' has a literal value, and its name is that of a credential.`,
  );

const faultOf = (
  fault: CredentialsFault['fault'],
  path: string,
  message: string,
): CredentialsFault => ({
  fault,
  path,
  message,
  value: masked,
});
