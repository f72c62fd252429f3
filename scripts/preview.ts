/** Writes a gallery of the dashboards to .preview/: their layout, panel by panel, without data. */
import { spawnSync } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writePreview } from './preview/write.js';

const { values } = parseArgs({
  options: {
    watch: { type: 'boolean', default: false },
    environment: { type: 'string', default: 'production' },
  },
});
const folder = fileURLToPath(new URL('../.preview', import.meta.url));

if (values.watch) {
  const build = () => {
    // A process of its own, since a module that was loaded stays as it is.
    spawnSync(
      process.execPath,
      [...process.execArgv, process.argv[1]!, '--environment', values.environment],
      { stdio: 'inherit' },
    );
  };
  build();
  let due: NodeJS.Timeout | undefined;
  for (const watched of ['dashboards', 'alerts', 'src/content', 'scripts/preview']) {
    if (!existsSync(watched)) continue;
    watch(watched, () => {
      clearTimeout(due);
      due = setTimeout(build, 200);
    });
  }
} else {
  const count = await writePreview(folder, values.environment);
  process.stdout.write(`${count} dashboards of ${values.environment}: open .preview/index.html\n`);
}
