import { expect, test } from 'vitest';
import configuration from '../../src/checks/files/configuration.js';
import { build, minimal } from '../environment.js';
import { filesIn, placeInFile } from '../mutation/file.js';
import { login, loginOperators, wrongPaths } from '../mutation/operators/login.js';
import { put } from '../mutation/place.js';
import { inputOf } from './input.js';

const stack = build(minimal);

const found = (manifests: typeof stack.manifests) =>
  configuration.run(inputOf(stack, { manifests })).map(({ fault, value }) => [fault, value]);

test('a login that a patch adds has an expression that returns a role', () => {
  const file = filesIn(stack.manifests).find(({ key }) => key === 'grafana.ini')!;
  const accepted = placeInFile(stack.manifests, file, [], '', (tree) =>
    put(tree, ['auth.generic_oauth'], login),
  );
  expect(found(accepted.manifests())).toEqual([]);
  const [operator] = loginOperators;
  expect(operator!.places(stack.manifests).map(({ manifests }) => found(manifests()))).toEqual(
    wrongPaths.map((path) => [['invalid-value', path]]),
  );
});
