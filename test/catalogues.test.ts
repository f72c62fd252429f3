import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Catalogue, catalogueNames, loadCatalogue } from '../src/catalogues/catalogue.js';
import { watchedResources } from '../src/components/kube-state-metrics/resource.js';
import type { EnvironmentOptions } from '../src/config/environment.js';
import { connectionsFor } from '../src/model/connection.js';
import { documented, formatCatalogue } from './catalogues/file.js';
import { kubernetesReleases } from './catalogues/kubernetes-releases.js';
import { loadEngines } from './engines/catalogue.js';
import { imageRelease } from './engines/release.js';
import { build, minimal } from './environment.js';

const catalogues = catalogueNames().map((name) => ({ name, ...loadCatalogue(name) }));
const metricsOf = ({ metrics }: Catalogue) => Object.entries(metrics);

/** What a page says is of an engine of Kubernetes, of the live tests, or of an image. */
const releasesOf = async (name: string): Promise<readonly string[]> => {
  const engine = (await loadEngines()).find((one) => one.name === name);
  if (engine && name !== 'kubernetes') return [engine.version];
  return name === 'grafana' ? [imageRelease(name)] : kubernetesReleases();
};

describe.each(catalogues)('the catalogue $name', ({ name, ...catalogue }) => {
  it('is of the releases that its engine has', async () => {
    const { version, versions = [version] } = catalogue;
    expect(versions).toEqual(await releasesOf(catalogue.engine));
  });

  it('is written one metric a line, sorted', () => {
    const file = resolve(import.meta.dirname, `../src/catalogues/${name}.json`);
    expect(readFileSync(file, 'utf8')).toBe(formatCatalogue(catalogue));
    expect(metricsOf(catalogue).length).toBeGreaterThan(0);
  });

  it('says of each metric its type, its labels and how it was seen', () => {
    const link =
      /^https:\/\/github\.com\/[\w-]+\/[\w.-]+\/blob\/(.*\/)?(v\d+\.\d+\.\d+|[0-9a-f]{40})\/\S+$/;
    const faults = metricsOf(catalogue).filter(
      ([metric, { type, labels, seen }]) =>
        !/^[a-zA-Z_:][\w:]*$/.test(metric) ||
        !['counter', 'gauge', 'histogram', 'summary', 'unknown'].includes(type) ||
        labels.join() !== [...new Set(labels)].sort().join() ||
        labels.some((label) => label === 'le' || label === 'quantile') ||
        !(seen === 'live' || seen === 'provoked' || link.test(seen)),
    );
    expect(faults).toEqual([]);
  });

  it('names a minor release alone only where it is of several', () => {
    const minors = (catalogue.versions ?? []).map((release) => release.replace(/\.\d+$/, ''));
    const named = metricsOf(catalogue).flatMap(([, { only }]) => only ?? []);
    expect(named.filter((minor) => !minors.includes(minor))).toEqual([]);
  });

  it('holds what is documented beside it', () => {
    const missing = Object.keys(documented(name)).filter((one) => !(one in catalogue.metrics));
    expect(missing).toEqual([]);
  });
});

describe('a metrics page that is scraped', () => {
  const options: readonly EnvironmentOptions[] = [
    minimal,
    { ...minimal, containerMetrics: 'cadvisor' },
    { ...minimal, cluster: { ...minimal.cluster, controlPlane: 'exposed' } },
  ];
  const pages = options.flatMap((one) =>
    connectionsFor(build(one).connections, 'metrics').map(
      ({ offer, provider }) => offer.catalogue ?? offer.job ?? provider.party,
    ),
  );

  it.each([...new Set([...pages, 'probe'])].sort())('has a catalogue: %s', (name) => {
    expect(catalogueNames()).toContain(name);
  });

  it('is what each catalogue is of', () => {
    expect(catalogueNames().filter((name) => name !== 'probe' && !pages.includes(name))).toEqual(
      [],
    );
  });
});

it('the catalogue kube-state-metrics has what the shipped list lets through, and no more', () => {
  const allowed = watchedResources.flatMap(({ metrics }) => metrics).sort();
  expect(Object.keys(loadCatalogue('kube-state-metrics').metrics)).toEqual(allowed);
});
