import { expect, test } from 'vitest';
import { sample } from '../sample/content.js';
import { clusters } from './clusters.js';
import { checked, readingOf, written } from './environments.js';

const all = Object.entries(clusters).map(([name, objects]) => ({
  name,
  ...written(readingOf(objects), name),
}));

test('the environment of each platform has its name and no finding', async () => {
  const texts = Object.fromEntries(all.map(({ name, text }) => [name, text]));
  const { built, others, ...findings } = await checked(texts, sample);
  expect(built?.sort()).toEqual(
    Object.keys(clusters)
      .map((name) => `${name}: ${name === 'k0s' ? 'generic' : name}`)
      .sort(),
  );
  expect({ others, ...findings }).toEqual({
    others: [],
    ...Object.fromEntries(Object.keys(clusters).map((name) => [name, []])),
  });
});

test.each(['kubeadm', 'eks', 'k0s'])(
  'the file of %s states where each value comes from',
  (name) => {
    expect(all.find((one) => one.name === name)?.text).toMatchSnapshot();
  },
);
