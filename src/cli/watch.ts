import { relative, resolve } from 'node:path';
import { watch } from 'chokidar';
import { folders } from './project.js';

/** Folders that no synthesis reads, or only those of packages. */
const ignored = [
  folders.out,
  'node_modules',
  '.git',
  '.compiled',
  '.cdk8s',
  '.engines',
  '.preview',
];

/** Files of environments and content, and files that they import or read. */
const isRead = /\.(ts|js|json|ya?ml|md|tmpl)$/;

/**
 * Calls `again` after each change of a file of the project with the absolute paths, once for changes at the
 * same time, and never twice at a time. Does not end.
 */
export const watchProject = (
  again: (changed: readonly string[]) => Promise<void>,
): Promise<never> =>
  new Promise((_, reject) => {
    const changed = new Set<string>();
    let running = false;
    const run = async () => {
      if (running) return;
      running = true;
      while (changed.size > 0) {
        const files = [...changed];
        changed.clear();
        const time = new Date().toLocaleTimeString();
        process.stderr.write(`\n${time}: ${files.map((file) => relative('.', file)).join(', ')}\n`);
        await again(files);
      }
      running = false;
    };
    watch('.', { ignoreInitial: true, ignored: (path) => ignored.includes(path) })
      .on('all', (_, path) => {
        if (!isRead.test(path)) return;
        changed.add(resolve(path));
        // An editor writes a file in several steps, whose events come together.
        setTimeout(() => run().catch(reject), 20);
      })
      .on('ready', () => process.stderr.write('Waiting for changes. Ctrl+C ends this.\n'))
      .on('error', reject);
  });
