import { images } from '../../src/config/images.js';
import { loadEngines } from './catalogue.js';

/** The release of an engine of the live tests. */
export const engineRelease = async (name: string): Promise<string> => {
  const [engine] = await loadEngines([name]);
  if (!engine) throw new Error(`There is no engine ${name}.`);
  return engine.version;
};

/** The release that an image's tag states. */
export const imageRelease = (name: keyof typeof images): string =>
  images[name].tag.replace(/^v/, '').replace(/-distroless$/, '');
