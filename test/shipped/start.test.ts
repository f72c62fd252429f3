import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { find, shipped } from '../live/shipped.js';
import { repository } from '../output/command.js';
import { blocksIn } from '../readme/block.js';
import { textOf } from '../readme/pages.js';

const [first] = blocksIn(textOf('README.md')).filter(({ language }) => language === 'sh');
const lines = first!.text.trim().split('\n');
const generated = readFileSync(join(repository, 'dist/development/README.md'), 'utf8');
const objects = shipped('development');

/** The words of the only line that has a text. */
const wordsOf = (text: string): string[] => {
  const found = lines.filter((line) => line.includes(text));
  expect(found).toHaveLength(1);
  return found[0]!.split(' ');
};

it('the first screen of the README applies the environment of kind', () => {
  expect(lines).toContain('kubectl apply -f dist/development/');
  expect(generated).toContain('for the cluster `development` (kind)');
});

it('it waits for Grafana, and forwards the port of its Service', () => {
  const [, , namespace, , , statefulSet = ''] = wordsOf('rollout status');
  const [kind, name = ''] = statefulSet.split('/');
  expect(kind).toBe('statefulset');
  expect(find(objects, 'StatefulSet', name).metadata.namespace).toBe(namespace);

  const [, , same, , target = '', port] = wordsOf('port-forward');
  expect(same).toBe(namespace);
  const service = find(objects, 'Service', target.replace('svc/', ''));
  expect(service.metadata.namespace).toBe(namespace);
  const { ports } = service.spec as { ports: { port: number }[] };
  expect(ports.map((one) => `${one.port}`)).toContain(port);
  expect(textOf('README.md')).toContain(`http://localhost:${port}/`);
});

it('it has the command of the generated README that prints the password', () => {
  const commands = lines.filter((line) => line.includes('admin-password'));
  expect(commands).toHaveLength(1);
  expect(generated).toContain(`\n${commands[0]}\n`);
});
