import { z } from 'zod';
import data from '../data/loki.js';
import { goDuration, duration as modelDuration } from '../format.js';

/** The fields of a section: the kind of a value, or the fields of an object. */
interface Fields {
  readonly [name: string]: Kind | Fields;
}

type Kind = keyof typeof kinds;

const text = z.string({ error: 'a text' });

const kinds = {
  bool: z.boolean(),
  number: z.number({ error: 'a number' }),
  duration: z
    .string({ error: "a duration such as '30s', '5m' or '24h'" })
    .refine(
      (value) => goDuration.safeParse(value).success || modelDuration.safeParse(value).success,
    ),
  size: z.union([z.string().regex(/^\d+(\.\d+)?\s*([KMGTPE]i?)?B?$/i), z.int().min(0)], {
    error: "a size such as '512KB' or '4MB'",
  }),
  text,
  list: z.array(z.unknown(), { error: 'a list' }),
  map: z.record(z.string(), z.unknown(), { error: 'an object' }),
  any: z.unknown(),
} as const;

const sections: Fields = data;

export type SectionName = keyof typeof data;

/** The sections of Loki's configuration that an environment can set. */
export const sectionNames = Object.keys(data) as readonly SectionName[];

type ValueOf<F> = F extends 'bool'
  ? boolean
  : F extends 'number'
    ? number
    : F extends 'duration' | 'size' | 'text'
      ? string
      : F extends 'list'
        ? readonly unknown[]
        : F extends 'map'
          ? Readonly<Record<string, unknown>>
          : F extends 'any'
            ? unknown
            : { readonly [K in keyof F]?: ValueOf<F[K]> };

/** The sections with their fields. */
export type LokiSections = { readonly [Name in SectionName]?: ValueOf<(typeof data)[Name]> };

const objectOf = (fields: Fields): z.ZodType =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [
        name,
        (typeof field === 'string' ? kinds[field] : z.lazy(() => objectOf(field))).optional(),
      ]),
    ),
  );

/** The schema of a section of Loki's configuration, such as `limits_config`. */
export const lokiSection = <Name extends SectionName>(
  name: Name,
): z.ZodType<LokiSections[Name], LokiSections[Name]> =>
  objectOf(sections[name] as Fields) as z.ZodType<LokiSections[Name], LokiSections[Name]>;
