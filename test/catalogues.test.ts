import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Catalogue, catalogueNames, loadCatalogue } from '../src/catalogues/catalogue.js';
import { watchedResources } from '../src/components/kube-state-metrics/resource.js';
import type { EnvironmentOptions } from '../src/environment/environment.js';
import { connectionsFor } from '../src/model/connection.js';
import { documented, formatCatalogue } from './catalogues/file.js';
import { kubernetesReleases } from './catalogues/kubernetes-releases.js';
import { full } from './checks/full.js';
import { loadEngines } from './engines/catalogue.js';
import { imageRelease } from './engines/release.js';
import { build, minimal } from './environment.js';

const catalogues = catalogueNames().map((name) => ({ name, ...loadCatalogue(name) }));
const metricsOf = ({ metrics }: Catalogue) => Object.entries(metrics);

/**
 * The releases of a page: of the Kubernetes engine, of an engine of the live tests, or of an image.
 */
const releasesOf = async (name: string): Promise<readonly string[]> => {
  const engine = (await loadEngines()).find((one) => one.name === name);
  if (engine && name !== 'kubernetes') return [engine.version];
  return name === 'grafana' || name === 'loki' ? [imageRelease(name)] : kubernetesReleases();
};

describe.each(catalogues)('the catalogue $name', ({ name, ...catalogue }) => {
  it('has the releases of its engine', async () => {
    const { version, versions = [version] } = catalogue;
    expect(versions).toEqual(await releasesOf(catalogue.engine));
  });

  it('has one metric in each line, sorted', () => {
    const file = resolve(import.meta.dirname, `../src/catalogues/${name}.json`);
    expect(readFileSync(file, 'utf8')).toBe(formatCatalogue(catalogue));
    expect(metricsOf(catalogue).length).toBeGreaterThan(0);
  });

  it('has the type, the labels and the source of each metric', () => {
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

  it('names single minor releases only if it has several', () => {
    const minors = (catalogue.versions ?? []).map((release) => release.replace(/\.\d+$/, ''));
    const named = metricsOf(catalogue).flatMap(([, { only }]) => only ?? []);
    expect(named.filter((minor) => !minors.includes(minor))).toEqual([]);
  });

  it('contains the documented metrics', () => {
    const missing = Object.keys(documented(name)).filter((one) => !(one in catalogue.metrics));
    expect(missing).toEqual([]);
  });
});

describe('a scraped metrics page', () => {
  const options: readonly EnvironmentOptions[] = [
    minimal,
    { ...minimal, containerMetrics: 'cadvisor' },
  ];
  const others = [
    ...[...full.parties, ...full.components].map(({ name }) => name),
    ...full.annotatedPods.map(({ namespace }) => `annotated-${namespace}`),
  ];
  const pages = [...options.map((one) => build(one)), build(full)].flatMap(({ connections }) =>
    connectionsFor(connections, 'metrics')
      .filter(({ provider }) => !others.includes(provider.party))
      .map(({ offer, provider }) => offer.catalogue ?? offer.job ?? provider.party),
  );

  it.each([...new Set([...pages, 'probe'])].sort())('has a catalogue: %s', (name) => {
    expect(catalogueNames()).toContain(name);
  });

  it('exists for each catalogue', () => {
    // A prober creates the metrics of probes, and k6 sends its own.
    const others = ['probe', 'k6'];
    const names = catalogueNames().filter((name) => !others.includes(name));
    expect(names.filter((name) => !pages.includes(name))).toEqual([]);
  });
});

it('the catalogue kube-state-metrics has all exposed metrics, and only metrics of watched resources', () => {
  const names = Object.keys(loadCatalogue('kube-state-metrics').metrics);
  const shipped = watchedResources.flatMap(({ metrics }) => metrics);
  expect(shipped.filter((name) => !names.includes(name))).toEqual([]);
  const prefixes = watchedResources.map(({ resource }) => `kube_${resource.replace(/s$/, '')}`);
  const isWatched = (name: string) =>
    prefixes.some((prefix) => name === prefix || name.startsWith(`${prefix}_`));
  expect(names.filter((name) => !isWatched(name))).toEqual([]);
});
