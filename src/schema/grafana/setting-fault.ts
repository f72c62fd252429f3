import { isCredentialName, isLiteral } from '../../model/credential.js';
import type { SecretReference } from '../../model/prerequisite.js';
import { suggest } from '../../model/suggestion.js';
import { oneOf, quoted } from '../allowed.js';
import { orgMappingFault, pathFault, rolePathFault } from './role.js';
import { kindOf, type SettingKind, sectionNames, sectionOf } from './setting-kind.js';
import { choicesOf, isNoDuration } from './setting-value.js';

/** The value of a setting in an environment. */
export type Setting = string | number | boolean | SecretReference;

/** Settings by section and key. */
export type Settings = Readonly<Record<string, Readonly<Record<string, Setting>>>>;

/** A fault in a setting. */
export interface SettingFault {
  readonly section: string;
  /** @default - the whole section */
  readonly key?: string;
  /** The allowed value, as a text that completes "Set it to …". @default - the name is unknown */
  readonly expected?: string;
  /** All allowed values. @default - not a list */
  readonly values?: readonly string[];
  /** The known names, if the name is similar to one of them. */
  readonly known?: readonly string[];
}

/** Names that are not known, and values that Grafana would not read as intended. */
export const settingFaults = (settings: Settings): SettingFault[] =>
  Object.entries(settings).flatMap(([section, values]): SettingFault[] => {
    const known = sectionOf(section);
    if (!known) return [unknown({ section }, section, sectionNames)];
    return Object.entries(values).flatMap(([key, value]): SettingFault[] => {
      const kind = kindOf(section, key);
      const name =
        kind || known.open ? [] : [unknown({ section, key }, key, [...known.keys.keys()])];
      const expected = expectedOf(kind ?? guessed(key), value);
      if (expected !== undefined) return [...name, { section, key, expected }];
      // Grafana ignores an empty value, and keeps its default.
      if (kind !== 'text' || typeof value === 'object' || `${value}` === '') return name;
      return textFaults(section, key, `${value}`);
    });
  });

const textFaults = (section: string, key: string, value: string): SettingFault[] => {
  const values = choicesOf(`${section}.${key}`, value);
  if (values) return [{ section, key, values, expected: oneOf(values.map(quoted)) }];
  const expected = isNoDuration(key, value)
    ? "a duration such as '30s', '5m' or '1d'"
    : loginFault(section, key, value);
  return expected === undefined ? [] : [{ section, key, expected }];
};

/** What the value of a setting about logins has to be, if it is not that. */
const loginFault = (section: string, key: string, value: string): string | undefined => {
  if (!section.startsWith('auth.')) return undefined;
  if (key === 'org_mapping') return orgMappingFault(value);
  if (key === 'role_attribute_path') return rolePathFault(value);
  return key.endsWith('_attribute_path') ? pathFault(value) : undefined;
};

const unknown = (place: SettingFault, name: string, names: readonly string[]): SettingFault => ({
  ...place,
  ...(suggest(name, names) && { known: names }),
});

const guessed = (key: string): SettingKind => (isCredentialName(key) ? 'secret' : 'text');

// As Grafana reads a boolean: https://github.com/go-ini/ini/blob/v1.67.0/key.go
const booleans = /^(?:1|t|true|y|yes|on|0|f|false|n|no|off)$/i;

const expectedOf = (kind: SettingKind, value: Setting): string | undefined => {
  if (typeof value === 'object') {
    return kind === 'boolean' || kind === 'number' ? `a ${kind}, not a secret` : undefined;
  }
  const text = `${value}`;
  // Grafana ignores an empty value, and keeps its default.
  if (text === '') return undefined;
  if (variable.test(text)) {
    return 'a value without $__file, $__env and ${…}: reference a Secret with { secret, key }, since the pod has no such variables';
  }
  switch (kind) {
    case 'boolean':
      return booleans.test(text) ? undefined : 'true or false';
    case 'number':
      return Number.isFinite(Number(text)) ? undefined : 'a number';
    case 'secret':
      return isLiteral(text) ? 'an object with secret and key' : undefined;
    case 'file':
      return 'an object with secret and key: the file is mounted from this Secret';
    case 'text':
      return undefined;
  }
};

// https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#variable-expansion
const variable = /\$(?:__\w+)?\{[^}]+\}/;
