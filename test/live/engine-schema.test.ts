import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dataFile, engineData, engineNames } from '../../tools/schema/engine-schema.js';

it.each(engineNames)(
  'the fields of %s are those of the Go sources of the pinned release',
  async (name) => {
    expect(readFileSync(dataFile(name), 'utf8')).toBe(await engineData(name));
  },
);
