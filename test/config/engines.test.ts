import { describe, expect, it } from 'vitest';
import { images } from '../../src/components/index.js';
import { loadEngines } from '../engines/catalogue.js';
import { imageRelease } from '../engines/release.js';

// The Go module proxy has no later version of their modules: see the files of these engines.
const older: Readonly<Record<string, string>> = {
  jaeger: '2.13.0',
  'postgres-exporter': '0.19.1',
};

describe('the engines of the live tests', async () => {
  const engines = await loadEngines();
  const shipped = Object.keys(images).map((name) => ({
    name,
    release: imageRelease(name),
  }));
  const built = shipped.filter(({ name }) => engines.some((engine) => engine.name === name));

  it.each(built)(
    'run $name in the version of the manifests, $release, or in a known older one',
    ({ name, release }) => {
      expect(engines.find((engine) => engine.name === name)?.version).toBe(older[name] ?? release);
    },
  );

  // No registry of modules has Grafana and Loki; the Python of `sqlite` is that of the machine.
  it('exist for every image that can be built from its module', () => {
    const missing = shipped.filter(({ name }) => !engines.some((engine) => engine.name === name));
    expect(missing.map(({ name }) => name)).toEqual(['grafana', 'loki', 'sqlite']);
  });
});
