import { z } from 'zod';

type Fields = Readonly<Record<string, unknown>>;

/** A rule between the fields of an object. */
export type Refinement = (fields: Fields, context: z.RefinementCtx) => void;

/** A field that is rejected; `instead` is the text of the remedy. */
export const refused = (instead: string) => z.undefined({ error: instead }).optional();

/** The name under which a field has another value than its default: its own, or that of the file with its value. */
const keyOf = (fields: Fields, name: string): string | undefined =>
  [name, `${name}_file`].find(
    (key) => ![undefined, null, false, ''].includes(fields[key] as never),
  );

/** At most one of the fields is set; with `needed`, exactly one. */
export const one =
  (names: readonly string[], needed?: 'needed'): Refinement =>
  (fields, context) => {
    const [first, second] = names.flatMap((name) => keyOf(fields, name) ?? []);
    if (first === undefined && needed) {
      const message = `a value, or set another one of ${names.join(', ')}`;
      context.addIssue({ code: 'custom', path: [names[0]!], message, input: undefined });
    }
    if (second === undefined) return;
    const message = `nothing: it cannot be used with ${first}`;
    context.addIssue({ code: 'custom', path: [second], message, input: fields[second] });
  };

/** A field or the path of the file with its value is set, not both; with `needed`, exactly one. */
export const eitherOf =
  (name: string, needed: boolean): Refinement =>
  (fields, context) => {
    const file = `${name}_file`;
    const [own, other] = [fields[name], fields[file]];
    if (own !== undefined && other !== undefined) {
      const message = `nothing: it cannot be used with ${name}`;
      context.addIssue({ code: 'custom', path: [file], message, input: other });
    }
    if (needed && own === undefined && other === undefined) {
      const message = `a value, or set ${file}`;
      context.addIssue({ code: 'custom', path: [name], message, input: undefined });
    }
  };

/** A field requires another one. */
export const needs =
  (name: string, other: string): Refinement =>
  (fields, context) => {
    if (!keyOf(fields, name) || keyOf(fields, other)) return;
    const message = `a value, or remove ${name}, which requires it`;
    context.addIssue({ code: 'custom', path: [other], message, input: undefined });
  };

/** A token excludes the authorization of the HTTP client. */
export const alone =
  (token: string): Refinement =>
  (fields, context) => {
    const { authorization } = (fields.http_config ?? {}) as Fields;
    if (authorization === undefined || keyOf(fields, token) === undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['http_config', 'authorization'],
      message: `nothing: it cannot be used with ${token}`,
      input: authorization,
    });
  };
