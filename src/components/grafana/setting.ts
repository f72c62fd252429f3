import { z } from 'zod';
import { secretReference } from '../../config/fields.js';
import { secretPath } from '../../model/identity.js';
import type { SecretReference } from '../../model/prerequisite.js';
import { isReference } from '../../model/secret-file.js';
import { type Setting, type Settings, settingFaults } from '../../schema/grafana/setting-fault.js';
import { kindOf } from '../../schema/grafana/setting-kind.js';
import { withoutUnused } from '../../schema/grafana/setting-server.js';
import { ownedInstead } from './hardened.js';

const oneLine = z.string({ error: 'a text of one line' }).regex(/^\P{Cc}*$/u);

const name = (what: string) =>
  z.string({ error: `the name of a ${what}` }).regex(/^[A-Za-z][\w.-]*$/);

/** Settings of Grafana's configuration file by section and key; a secret is a reference. */
export const settings = z
  .record(
    name('section'),
    z.record(name('setting'), z.union([oneLine, z.number(), z.boolean(), secretReference])),
  )
  .superRefine((value, { addIssue }) => {
    // What another option sets is more specific than the type of the value: the first finding of a place counts.
    for (const [section, values] of Object.entries(value)) {
      for (const [key, input] of Object.entries(values)) {
        const message = ownedInstead(section, key, input);
        if (message !== undefined)
          addIssue({ code: 'custom', path: [section, key], message, input });
      }
    }
    for (const { section, key, expected, values, known } of settingFaults(value)) {
      if (values) {
        const input = value[section]?.[key ?? ''];
        addIssue({ code: 'invalid_value', path: [section, key ?? ''], values: [...values], input });
      } else if (expected !== undefined) {
        const path = [section, ...(key === undefined ? [] : [key])];
        addIssue({ code: 'custom', path, message: expected, input: value[section]?.[key ?? ''] });
      } else if (known) {
        const [keys, path] = key === undefined ? [[section], []] : [[key], [section]];
        addIssue({ code: 'unrecognized_keys', keys, path, message: known.join(' ') });
      }
    }
  });

/** The texts of settings in Grafana's configuration file. */
export const settingTexts = (settings: Settings): Record<string, Record<string, string>> =>
  Object.fromEntries(
    Object.entries(withoutUnused(settings)).map(([section, values]) => [
      section,
      Object.fromEntries(
        Object.entries(values).map(([key, value]) => [key, textOf(section, key, value)]),
      ),
    ]),
  );

const textOf = (section: string, key: string, value: Setting): string => {
  if (typeof value !== 'object') return `${value}`;
  const path = secretPath(value);
  return kindOf(section, key) === 'file' ? path : `$__file{${path}}`;
};

/** The references to Secrets in settings, each with the setting that has it. */
export const settingSecrets = (
  settings: Settings,
): { readonly reference: SecretReference; readonly setting: string }[] =>
  Object.entries(settings).flatMap(([section, values]) =>
    Object.entries(values).flatMap(([key, value]) =>
      isReference(value) ? [{ reference: value, setting: `[${section}] ${key}` }] : [],
    ),
  );
