#!/usr/bin/env node
// @ts-check
import { existsSync, readFileSync } from 'node:fs';

// The package has no sources.
const isClone = existsSync(new URL('../src/cli/main.ts', import.meta.url));
const { start } = isClone
  ? await import('../scripts/launch.js')
  : // @ts-expect-error It exists only in the package.
    await import('../lib/src/cli/package/runtime.js');
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const { main, runtime } = await start();
process.exitCode = await main(process.argv.slice(2), { ...runtime, version });
