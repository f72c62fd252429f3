import { describe, expect, test } from 'vitest';
import { atDeclaration } from '../../src/derive/declaration.js';
import { connectionFinding } from '../../src/derive/faults.js';
import { party } from './declare.js';

const finding = connectionFinding({
  fault: 'no-provider',
  place: { path: 'cart.consumes' },
  message: 'Nobody offers it.',
});

describe('a finding about a party', () => {
  test('has the path where the environment declares the party', () => {
    const at = (path: string) =>
      atDeclaration(finding, [party('shop'), party('cart', { declaration: { path } })]).place.path;
    expect(at('parties[2]')).toBe('parties[2].consumes');
    // Other options have no fields of parties.
    expect(at('redisExporter.servers[2]')).toBe('redisExporter.servers[2]');
  });

  test.each(['choices.promql', "choices['cart.promql']"])(
    'keeps the path of a choice: %s',
    (path) => {
      const chosen = { ...finding, place: { path } };
      // A party can have any name, also that of an option.
      const parties = [party('choices', { declaration: { path: 'parties[0]' } })];
      expect(atDeclaration(chosen, parties)).toBe(chosen);
    },
  );

  test('has the option of a component that ships', () => {
    const at = { ...finding, place: { path: 'blackbox-exporter' } };
    expect(atDeclaration(at, [party('blackbox-exporter', { own: true })]).place.path).toBe(
      'blackboxExporter',
    );
  });

  test('keeps the path of an option that has the name of a component', () => {
    const option = { ...finding, place: { path: 'prometheus.scrapeConfigs[1]' } };
    expect(atDeclaration(option, [party('prometheus', { own: true })])).toBe(option);
  });

  test('keeps its path if the environment does not declare the party', () => {
    expect(atDeclaration(finding, [party('cart')])).toBe(finding);
  });

  test('about a name that two parties have is placed at the last of them, and names the other', () => {
    const twice = { ...finding, place: { path: 'cart' }, value: 'cart' };
    const found = atDeclaration(twice, [
      party('cart', { declaration: { path: 'parties[0]' } }),
      party('cart', {
        declaration: { path: 'prometheus.scrapeConfigs[1]', name: 'config.job_name' },
      }),
    ]);
    expect(found.place.path).toBe('prometheus.scrapeConfigs[1].config.job_name');
    expect(found.why).toBe('The other party is parties[0] of the environment.');
  });

  test.each([
    [4, 'applications/cart.ts:4'],
    [undefined, 'applications/cart.ts'],
  ])('names the file of the other party: line %s', (line, place) => {
    const twice = { ...finding, place: { path: 'cart' }, value: 'cart' };
    const { why } = atDeclaration(twice, [
      party('cart', { declaration: { file: 'applications/cart.ts', line, path: 'cart' } }),
      party('cart', { declaration: { path: 'parties[0]' } }),
    ]);
    expect(why).toBe(`The other party is ${place}.`);
  });
});
