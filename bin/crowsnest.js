#!/usr/bin/env node
// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

// The package has no sources.
const isClone = existsSync(new URL('../src/cli/main.ts', import.meta.url));
const { start } = isClone
  ? await import('../scripts/launch.js')
  : // @ts-expect-error It exists only in the package.
    await import('../lib/src/cli/package/runtime.js');

// V8 optimizes a function only after six times as many calls as usual: most would be optimized just
// before the process ends. An unknown flag would print an error, and the flags differ by release of Node.js.
// The modules of Node.js that are loaded before have their code cache, which V8 rejects with another flag.
const later = '--invocation-count-for-turbofan=18000';
const flags = new Map([
  ['20', '--interrupt-budget=400000'],
  ['22', later],
  ['24', later],
  ['26', later],
]);
const flag = flags.get(process.versions.node.replace(/\..*/, ''));
if (flag) setFlagsFromString(flag);

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const { main, runtime } = await start();
process.exitCode = await main(process.argv.slice(2), { ...runtime, version });
