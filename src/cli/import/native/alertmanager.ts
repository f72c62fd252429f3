import { chosen, type Line } from '../../../cluster/line.js';
import { contactsOf } from '../../../config/contact.js';
import { rawConfig } from '../../../config/raw-receiver.js';
import alertmanager from '../../../schema/data/alertmanager.js';
import { bareAddress, isLoopback, isPrivate } from '../../../schema/private-host.js';
import type { Library } from '../../new/library.js';
import { converter, type LeftField } from './convert.js';
import { hasCredential } from './credential.js';
import { baseOf, matches } from './file-name.js';
import { moduleText } from './module.js';
import type { Path } from './path.js';
import { foundBy, leftAt, type NativeFile, type Piece } from './piece.js';
import { isOpen, placeOf, type Selectors } from './place.js';
import { withoutRefused } from './refused.js';

type Fields = Readonly<Record<string, unknown>>;

/** The option `alerting` for an existing configuration of Alertmanager. */
export const alertmanagerPiece = (
  file: NativeFile,
  selectors: Selectors,
  library: Pick<Library, 'index'>,
): Piece => {
  const { templates: patterns, ...rest } = file.value;
  const receivers = listOf(rest.receivers);
  const named = (path: Path): Path => {
    const [top, index, ...inner] = path;
    if (top !== 'receivers' || typeof index !== 'number') return path;
    const [integration, ...field] = inner;
    return [`${fieldsOf(receivers[index]).name ?? index}`, integration ?? '', ...field.slice(1)];
  };
  const made = converter(alertmanager.types, 'alertmanager', named);
  const converted = made.convert('config.Config', rest, []);
  const { value: config, left } = taken(converted);
  const templates = templatesOf(file, patterns);
  const found = foundBy(file, made, config);
  return {
    option: 'alerting',
    text: moduleText(
      'alerting',
      linesOf(config, templates.texts, selectors, file),
      file.file,
      library,
    ),
    left: [...found.left, ...[...left, ...templates.left].map((one) => leftAt(file, one))],
    secrets: found.secrets,
  };
};

/** A removed field can make another one superfluous. */
const taken = (
  value: unknown,
  left: readonly LeftField[] = [],
): { readonly value: Fields; readonly left: readonly LeftField[] } => {
  const one = withoutRefused(rawConfig, value);
  if (one.left.length === 0 || left.length > 100) return { value: fieldsOf(one.value), left };
  return taken(one.value, [...left, ...one.left]);
};

const linesOf = (
  config: Fields,
  templates: Fields,
  selectors: Selectors,
  { file }: NativeFile,
): Line[] => {
  const contacts = listOf(config.receivers).flatMap((one) => contactsOf(one, config.global));
  const hosts = new Set(contacts.flatMap(({ server }) => server.host ?? []));
  const servers = [...hosts]
    .filter((host) => isPrivate(host) && bareAddress(host) === undefined && !isLoopback(host))
    .map((host) => ({ host, at: placeOf(host, selectors) }));
  const reason = `As in ${baseOf(file)}.`;
  return [
    chosen('config', config),
    ...(Object.keys(templates).length > 0 ? [chosen('templates', templates)] : []),
    ...(servers.length > 0
      ? [
          chosen(
            'servers',
            servers,
            ...(servers.some(({ at }) => isOpen(at))
              ? ['TO DO: where they are: the labels of their pods, or their addresses.']
              : []),
          ),
        ]
      : []),
    ...(contacts.some(({ plain }) => plain)
      ? [chosen('plainSmtp', reason, 'TO DO: why mail is sent without TLS.')]
      : []),
    ...(contacts.some(({ unverified }) => unverified)
      ? [chosen('unverified', reason, 'TO DO: why certificates are not verified.')]
      : []),
  ];
};

/** The template files that the configuration names; those that are not there are left out. */
const templatesOf = (
  { templates }: NativeFile,
  patterns: unknown,
): { readonly texts: Readonly<Record<string, string>>; readonly left: readonly LeftField[] } => {
  const texts: Record<string, string> = {};
  const left: LeftField[] = [];
  for (const [index, pattern] of (Array.isArray(patterns) ? patterns : []).entries()) {
    const path = ['templates', index];
    const matching = Object.keys(templates).filter((name) => matches(name, `${pattern}`));
    if (matching.length === 0) {
      left.push({ path, reason: `No file beside it has the name ${baseOf(`${pattern}`)}.` });
    }
    for (const name of matching) {
      const text = templates[name]!;
      if (hasCredential(text)) left.push({ path, reason: `${name} contains a credential.` });
      else texts[fileName(name)] = text;
    }
  }
  return { texts, left };
};

const fileName = (name: string): string =>
  `${name.replace(/[^\w.-]/g, '-').replace(/\.tmpl$/, '')}.tmpl`;

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
