import type { Check, CheckInput } from '../model/check.js';
import { isCredentialName, isLiteral, masked } from '../model/credential.js';
import type { Finding } from '../model/finding.js';
import type { Manifest } from '../model/manifest.js';
import { once } from '../model/once.js';
import { knownCredential } from './credential/format.js';
import { type Literal, literalsAmong, literalsIn } from './credential/text.js';
import { errorIn, type Fault } from './pod/fault.js';
import { type Loose, named, recordOf } from './reference/lenient.js';

const check: Check = {
  summary:
    'No credential is in what ships: no Secret, nothing of a known notation, no literal under the name of one, in any field, variable, argument or configuration file.',
  run: ({ manifests, prerequisites }) =>
    named(manifests).flatMap((manifest) => faultsOf(manifest, secretsOf(prerequisites))),
};

export default check;

type Result = Omit<Finding, 'check'>;

// Beside a name such as `auth-secret` stands the name of an object that holds it.
const secretsOf = once(
  (prerequisites: CheckInput['prerequisites']): ReadonlySet<string> =>
    new Set(
      prerequisites.flatMap(({ kind, namespace, name }) =>
        kind === 'Secret' ? [name, `${namespace}/${name}`] : [],
      ),
    ),
);

const faultsOf = once((manifest: Manifest, secrets: ReadonlySet<string>): Result[] => {
  const found: Result[] = [];
  const report = (fault: Fault) => found.push(errorIn(manifest, fault));
  if (manifest.object.kind === 'Secret') report(shippedSecret(manifest));
  else walk(manifest.object, '', '', { inFile: isFile(manifest), secrets, report });
  return found;
});

const shippedSecret = ({ object }: Manifest): Fault => ({
  path: object.data ? 'data' : object.stringData ? 'stringData' : 'kind',
  message: 'A Secret ships.',
  value: Object.keys({ ...recordOf(object.data), ...recordOf(object.stringData) }).join(', '),
  why: 'Whoever can read the repository can read it, and so can its history for ever.',
  remedy: 'Make it in the cluster, and refer to it.',
});

const isFile = ({ object }: Manifest): boolean => object.kind === 'ConfigMap';

/** What holds for all texts of an object. */
interface Judge {
  readonly inFile: boolean;
  readonly secrets: ReadonlySet<string>;
  readonly report: (fault: Fault) => void;
}

/** Judges every text below a value; `name` is that of the nearest field that has one. */
const walk = (value: Loose, path: string, name: string, judge: Judge): void => {
  if (typeof value === 'string') {
    judgeText(value, path, name, judge);
  } else if (Array.isArray(value)) {
    if (name === 'args' || name === 'command') judgeArguments(value, path, judge);
    for (const [index, item] of value.entries()) walk(item, `${path}[${index}]`, name, judge);
  } else if (typeof value === 'object' && value !== null) {
    // A variable has its name beside its value.
    const variable = 'value' in value && typeof value.name === 'string' ? value.name : 'value';
    for (const key of Object.keys(value)) {
      const step = /^\w+$/.test(key) ? `.${key}` : `['${key}']`;
      const at = path === '' && step.startsWith('.') ? key : `${path}${step}`;
      walk(value[key], at, key === 'value' ? variable : key, judge);
    }
  }
};

/** What is wrong with one text: it has a known notation, a telling name, or literals in it. */
const judgeText = (text: string, path: string, name: string, judge: Judge): void => {
  const { inFile, secrets, report } = judge;
  const decoded = path.startsWith('binaryData') ? Buffer.from(text, 'base64').toString() : text;
  const known = knownCredential(decoded);
  if (known) {
    report(faultOf(path, `This is ${known.name}.`, known.value));
  } else if (isCredentialName(name) && isLiteral(decoded) && !isMultiline(decoded)) {
    // Where a field is called so, it may hold the name of a Secret.
    if (!secrets.has(decoded)) report(literalFault(path, { name, value: decoded }));
  } else if ((inFile && /^(binaryData|data)\b/.test(path)) || isEmbedded(decoded)) {
    for (const literal of literalsIn(decoded)) {
      if (!isRoute(literal, decoded)) report(literalFault(path, literal));
    }
  }
};

// VictorOps calls so whom it is for; that PagerDuty's key is in a file, the configuration check holds.
const isRoute = ({ name }: Literal, text: string): boolean =>
  name === 'routing_key' && /^ *victorops_configs:/m.test(text);

const isMultiline = (text: string): boolean => text.trimEnd().includes('\n');

/** Whether a text is a file of its own: has lines, or begins as JSON does. */
const isEmbedded = (text: string): boolean => isMultiline(text) || /^\s*[{[]/.test(text);

const judgeArguments = (items: readonly unknown[], path: string, { report }: Judge): void => {
  for (const literal of literalsAmong(
    items.map((item) => (typeof item === 'string' ? item : '')),
  )) {
    report(literalFault(path, literal));
  }
};

const literalFault = (path: string, { name, value }: Literal): Fault =>
  faultOf(path, `A credential stands here as it is, under the name '${name}'.`, value);

const faultOf = (path: string, message: string, value: string): Fault => ({
  path,
  message,
  value: masked(value),
  why: 'Whoever can read the repository can read it, and so can its history for ever.',
  remedy: 'Change it where it is used, put it into a Secret, and read it from a file of that.',
});
