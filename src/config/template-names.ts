import type { z } from 'zod';
import { builtInTemplates } from '../schema/alertmanager/built-in-template.js';
import { faultsInFiles, readNotification } from '../schema/template.js';

type Path = readonly (string | number)[];

/**
 * The templates that texts of notifications use exist: in Alertmanager, in `templates` or in the text itself. Those in
 * `templates` can be expanded with the data that the texts give them.
 */
export const templateRules = (
  texts: readonly { readonly path: Path; readonly value: unknown }[],
  templates: Readonly<Record<string, unknown>>,
  context: z.RefinementCtx,
): void => {
  const files = Object.entries(templates).map(([name, value]) => ({
    path: ['templates', name],
    value,
  }));
  const own = files.flatMap(({ value }) =>
    typeof value === 'string' ? readNotification(value).defined : [],
  );
  const used = texts.flatMap(textsIn);
  const valid = files.flatMap(({ path, value }): [string, string][] =>
    typeof value === 'string' ? [[path[1]!, value]] : [],
  );
  for (const { file, fault } of faultsInFiles(
    used.map(({ text }) => text),
    Object.fromEntries(valid),
  )) {
    const message = `templates that fit the data that they get. ${fault.message} ${fault.value}`;
    context.addIssue({ code: 'custom', path: ['templates', file], message, input: fault.value });
  }
  for (const { path, text } of [...used, ...files.flatMap(textsIn)]) {
    const { used, defined } = readNotification(text);
    const known = [...own, ...builtInTemplates, ...defined];
    for (const name of used) {
      if (known.includes(name)) continue;
      const message = `a text that uses existing templates: no file in templates defines '${name}'`;
      context.addIssue({ code: 'custom', path: [...path], message, input: text });
    }
  }
};

interface Placed {
  readonly path: Path;
  readonly value: unknown;
}

const textsIn = (placed: Placed): { path: Path; text: string }[] => textsWithin(placed, []);

const textsWithin = (
  { path, value }: Placed,
  within: readonly object[],
): { path: Path; text: string }[] => {
  if (typeof value === 'string') return value.includes('{{') ? [{ path, text: value }] : [];
  // A value can contain itself, which is reported as its own fault.
  if (typeof value !== 'object' || value === null || within.includes(value)) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, one]) =>
    textsWithin({ path: [...path, isList ? Number(key) : key], value: one }, [...within, value]),
  );
};
