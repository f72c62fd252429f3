import { describe, expect, it } from 'vitest';
import { images } from '../../src/config/images.js';
import { loadEngines } from '../engines/catalogue.js';
import { imageRelease } from '../engines/release.js';

// Go's module proxy has no later version of its module: see the engine's own file.
const older: Readonly<Record<string, string>> = { jaeger: '2.13.0' };

describe('the engines of the live tests', async () => {
  const engines = await loadEngines();
  const shipped = (Object.keys(images) as (keyof typeof images)[]).map((name) => ({
    name,
    release: imageRelease(name),
  }));
  const built = shipped.filter(({ name }) => engines.some((engine) => engine.name === name));

  it.each(built)(
    'run $name in the version that the manifests name, $release, or an older one that is known',
    ({ name, release }) => {
      expect(engines.find((engine) => engine.name === name)?.version).toBe(older[name] ?? release);
    },
  );

  it('are there for every image but those that cannot be built from a module alone', () => {
    const missing = shipped.filter(({ name }) => !engines.some((engine) => engine.name === name));
    expect(missing.map(({ name }) => name)).toEqual(['grafana']);
  });
});
