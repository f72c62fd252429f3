import { spawn } from 'node:child_process';
import { EngineError } from './engine.js';

const missingGo = [
  'Go is missing: the engines are built from their Go modules, and there is no "go" on PATH.',
  'Install it (https://go.dev/doc/install, or the package golang of your system), then run',
  '"npx tsx tools/engines.ts" again. Engines on PATH in the versions wanted are used without Go.',
].join('\n');

/** Thrown if there is no Go: no other engine can be built either. */
export class MissingGo extends EngineError {}

/** Throws `MissingGo` unless there is a Go on PATH, of any version. */
export async function requireGo(): Promise<void> {
  await runGo('.', ['version']);
}

/** Runs `go` in a folder and returns its output; an error has the last message. */
export function runGo(folder: string, args: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    // GOWORK: a workspace file in a parent folder would replace the go.mod of the engine.
    const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
    const go = spawn('go', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = () => go.kill();
    process.once('exit', stop);
    let output = '';
    let messages = '';
    go.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    go.stderr.setEncoding('utf8').on('data', (text: string) => {
      messages += text;
    });
    go.on('error', (error: NodeJS.ErrnoException) => {
      fail(error.code === 'ENOENT' ? new MissingGo(missingGo) : error);
    });
    go.on('close', (code, signal) => {
      process.off('exit', stop);
      if (code === 0) {
        done(output);
      } else {
        fail(new EngineError(failure(args, signal ?? `exit ${code}`, messages)));
      }
    });
  });
}

function failure(args: readonly string[], status: string, messages: string): string {
  const telling = messages.split('\n').filter((line) => !line.startsWith('go: downloading '));
  const last = telling.join('\n').trimEnd().split('\n').slice(-20);
  return [`go ${args.join(' ')} failed (${status}):`, ...last].join('\n  ');
}
