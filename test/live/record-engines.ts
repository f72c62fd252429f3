import { afterEach } from 'vitest';
import { enginesUsed } from '../engines/installation.js';

afterEach(({ task }) => {
  task.meta.engines = [...enginesUsed];
});
