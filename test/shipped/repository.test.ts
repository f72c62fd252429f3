import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newFiles } from '../../src/cli/new/files.js';
import { packageLibrary } from '../../src/cli/new/library.js';
import { installPackages, isEmpty, writeRepository } from '../../src/cli/repository/write.js';
import { until } from '../commands/command.js';
import { repository } from '../output/command.js';
import { fill } from '../output/folder.js';
import { pack } from './pack.js';

const temporary = mkdtempSync(join(tmpdir(), 'crowsnest-repository-'));
const folder = join(temporary, 'monitoring');
const run = promisify(execFile);
const env = { ...process.env, NO_COLOR: '1', CDK8S_CHECK_UPGRADE: 'false' };
/** Runs a command, and returns its output; rejects if it fails. */
const inFolder = async (command: string, ...args: string[]) => {
  const { stdout, stderr } = await run(command, args, { cwd: folder, env });
  return { stdout, stderr };
};
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

// Each command is a process of its own.
describe('a repository of one’s own with the packed package', { timeout: 300_000 }, () => {
  beforeAll(async () => {
    mkdirSync(folder);
    await pack(temporary, folder);
    expect(isEmpty(folder)).toBe(true);
    writeRepository(folder, repository);
    fill(folder, newFiles('environment', 'development', packageLibrary));
    expect(isEmpty(folder)).toBe(false);
    expect(installPackages(folder)).toBe(true);
  }, 300_000);
  afterAll(() => rmSync(temporary, { recursive: true, force: true }));

  test('works at once: npm ci, npm run synth, npm test, npm run types', async () => {
    await inFolder('npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund');
    const { stderr } = await inFolder('npm', 'run', '--silent', 'synth');
    expect(stderr).toMatch(/^ development .* 0 {3}created$/m);
    expect(read('dist/development/README.md')).toContain('dashboard');
    const { stdout } = await inFolder('npm', 'run', '--silent', 'test');
    expect(stdout).toMatch(/^ok {5}checks of development$/m);
    expect(stdout).toMatch(/^ok {5}dist\/$/m);
    await inFolder('npm', 'run', '--silent', 'types');
  });

  test('crowsnest check, explain, images, new, diff and preview work there', async () => {
    const crowsnest = (...args: string[]) => inFolder('npx', 'crowsnest', ...args);
    expect((await crowsnest('explain', 'selectors/no-pods')).stdout).toContain('Fix: ');
    expect((await crowsnest('images')).stdout).toContain('quay.io/prometheus/prometheus:');
    expect((await crowsnest('new', 'application', 'checkout')).stdout).toBe(
      'applications/checkout.ts\n',
    );
    expect((await crowsnest('diff')).stdout).toContain('checkout');
    expect((await crowsnest('preview')).stdout).toBe('.preview/index.html\n');
    expect(read('.preview/preview.css')).toContain('.panel');
    rmSync(join(folder, 'applications'), { recursive: true });
    expect((await crowsnest('check')).stderr).toContain(' development ');
  });

  test('a mistake of the user has its line, and no stack trace', async () => {
    const name = 'environments/broken.ts';
    fill(folder, {
      [name]: read('environments/development.ts').replace("size: 'small'", "size: 'smal'"),
    });
    try {
      await expect(inFolder('npx', 'crowsnest', 'check')).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^environments\/broken\.ts:\d+\n {2}error size /),
      });
    } finally {
      rmSync(join(folder, name));
    }
  });

  test('synth --watch reads a changed file again, and what imports it', async () => {
    fill(folder, {
      'shared.ts': "export const size = 'small' as const;\n",
      'environments/watched.ts': read('environments/development.ts')
        .replace(/^/, "import { size } from '../shared.js';\n")
        .replace("name: 'development'", "name: 'watched'")
        .replace("size: 'small'", 'size'),
    });
    const child = spawn(
      process.execPath,
      ['node_modules/crowsnest/bin/crowsnest.js', 'synth', '-e', 'watched', '--watch'],
      { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let told = '';
    child.stderr.on('data', (text) => {
      told += text;
    });
    try {
      await until(() => told.includes('Waiting for changes'));
      expect(existsSync(join(folder, 'dist/watched'))).toBe(true);
      fill(folder, { 'shared.ts': "export const size = 'smal';\n" });
      await until(() => told.includes('config/invalid-value'));
    } finally {
      child.kill();
      await new Promise((resolve) => child.on('close', resolve));
      for (const name of ['environments/watched.ts', 'shared.ts']) rmSync(join(folder, name));
      rmSync(join(folder, 'dist/watched'), { recursive: true });
    }
  });
});
