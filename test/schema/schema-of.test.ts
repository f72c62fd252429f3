import { expect, test } from 'vitest';
import { z } from 'zod';
import { schemaOf } from '../../src/schema/schema-of.js';

interface Door {
  readonly width: number;
  readonly locks?: readonly ('key' | 'bolt')[];
}

const width = z.number();

test('a schema that accepts exactly the values of a type has that type', () => {
  const locks = z.array(z.enum(['key', 'bolt'])).optional();
  const schema: z.ZodType<Door> = schemaOf<Door>()(z.strictObject({ width, locks }));
  expect(schema.parse({ width: 1, locks: ['key'] })).toEqual({ width: 1, locks: ['key'] });
});

test('a schema that differs from its type is a type error', () => {
  // @ts-expect-error It lacks an optional property.
  schemaOf<Door>()(z.strictObject({ width }));
  // @ts-expect-error It rejects an allowed value.
  schemaOf<Door>()(z.strictObject({ width, locks: z.array(z.enum(['key'])).optional() }));
  // @ts-expect-error It accepts another value.
  schemaOf<Door>()(z.strictObject({ width, locks: z.array(z.string()).optional() }));
  // @ts-expect-error It requires an optional property.
  schemaOf<Door>()(z.strictObject({ width, locks: z.array(z.enum(['key', 'bolt'])) }));
});
