/** Writes a gallery of the dashboards to .preview/: their layout, panel by panel, without data. */
import { spawnSync } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const usage = 'Usage: npm run preview -- [--environment NAME] [--watch]';
const folder = fileURLToPath(new URL('../.preview', import.meta.url));

const wanted = () => {
  try {
    return parseArgs({
      options: {
        watch: { type: 'boolean', default: false },
        environment: { type: 'string', default: 'production' },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}\n`);
    process.exit(1);
  }
};
const { environment, watch: watches } = wanted();

if (watches) {
  const build = () => {
    // A separate process, because a module is loaded only once.
    spawnSync(
      process.execPath,
      [...process.execArgv, process.argv[1]!, '--environment', environment],
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
  const { writePreview } = await import('./preview/write.js');
  const count = await writePreview(folder, environment);
  if (count === undefined) process.exitCode = 1;
  else process.stdout.write(`${count} dashboards of ${environment}: open .preview/index.html\n`);
}
