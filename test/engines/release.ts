import { images } from '../../src/components/index.js';
import { loadEngines } from './catalogue.js';

/** The release of an engine of the live tests. */
export const engineRelease = async (name: string): Promise<string> => {
  const [engine] = await loadEngines([name]);
  if (!engine) throw new Error(`There is no engine ${name}.`);
  return engine.version;
};

/** The release in the tag of an image. */
export const imageRelease = (name: string): string =>
  images[name]!.tag.replace(/^v/, '').replace(/-distroless$/, '');
