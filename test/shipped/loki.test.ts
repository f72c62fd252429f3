import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fullShare } from '../../src/components/loki/full-share.js';
import { repository } from '../output/command.js';

test.each(['alerts', 'dashboards'])(
  '%s have the share of the volume at which Loki refuses lines',
  (folder) => {
    const source = readFileSync(join(repository, folder, 'loki.ts'), 'utf8');
    expect(source).toContain(`const fullShare = ${fullShare};`);
  },
);
