import type { Finding } from '../model/finding.js';
import type { Declaration } from '../model/party.js';
import type { LocatedParty } from './locate.js';

/** Adds the path of the party's declaration in the environment to a finding about a party. */
export const atDeclaration = (finding: Finding, parties: readonly LocatedParty[]): Finding => {
  const { path } = finding.place;
  if (path === undefined || /^choices[.[]/.test(path)) return finding;
  const [name = '', ...rest] = path.split('.');
  const declared = parties.flatMap((one) => (one.name === name ? (one.declaration ?? []) : []));
  const last = declared.at(-1);
  if (last === undefined) {
    const own = parties.find((one) => one.name === name && one.own);
    // An option can have the name of a component: `prometheus.scrapeConfigs[0]` is its own place.
    const [part] = rest;
    const isAboutParty = own && (part === undefined || part in own.endpoints);
    return isAboutParty
      ? { ...finding, place: { ...finding.place, path: optionOf(name) } }
      : finding;
  }
  const { file, line, options } = last;
  const where = file === undefined ? {} : { file, ...(line !== undefined && { line }) };
  // Other options than parties and components have no endpoints.
  const asParty = /^(?:parties|components)\[/.test(last.path) || file !== undefined;
  const inner = options ? [options[rest[1] ?? rest[0] ?? '']] : asParty ? rest : [];
  const place = { ...finding.place, ...where, path: joined(last.path, ...inner) };
  // A duplicate name is a finding about the name, not the whole party.
  if (finding.value !== name || rest.length > 0) return { ...finding, place };
  const other = declared.at(-2);
  return {
    ...finding,
    place: { ...place, path: joined(last.path, last.name ?? 'name') },
    why: `The other party is ${other === undefined ? 'a party of the stack' : placeOf(other)}.`,
  };
};

/** Where a user finds a declaration: its file, or the option of the environment. */
const placeOf = ({ path, file, line }: Declaration): string => {
  if (file === undefined) return `${path} of the environment`;
  return line === undefined ? file : `${file}:${line}`;
};

/** The option of a component that ships. */
const optionOf = (component: string): string =>
  component.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((one) => one).join('.');
