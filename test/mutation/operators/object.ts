import type { Manifest } from '../../../src/model/manifest.js';
import type { Path } from '../place.js';
import { misspell, type Operator, placeIn, put, rename, sitesIn } from '../place.js';

// Files have their own operators.
const isFile = ([field]: Path): boolean => field === 'data';

// Keys that users choose: a misspelt one is a wrong name, and not an unknown field.
const chosenKeys = ['labels', 'annotations', 'matchLabels', 'nodeSelector', 'selector'];

const fieldsOf = ({ object }: Manifest) =>
  sitesIn(object, isFile).filter(({ key }) => typeof key === 'string');

const isField = ({ path }: { path: Path }): boolean => !chosenKeys.includes(`${path.at(-2)}`);

export const objectOperators: readonly Operator[] = [
  {
    name: 'drop-field',
    fault: 'a field is lost in an edit or a merge',
    places: (manifests) =>
      manifests.flatMap((manifest) =>
        fieldsOf(manifest).map(({ path, value }) =>
          placeIn(manifests, manifest, path, value, (object) => put(object, path, undefined)),
        ),
      ),
  },
  {
    name: 'misspell-field',
    fault: 'a field is mistyped',
    places: (manifests) =>
      manifests.flatMap((manifest) =>
        fieldsOf(manifest)
          .filter((site) => isField(site))
          .map(({ path, key, value }) =>
            placeIn(manifests, manifest, path, value, (object) =>
              rename(object, path, misspell(`${key}`)),
            ),
          ),
      ),
  },
  {
    name: 'change-type',
    fault: 'a number is quoted, or a text, a list or a switch is of another type',
    places: (manifests) =>
      manifests.flatMap((manifest) =>
        sitesIn(manifest.object, isFile).map(({ path, value }) =>
          placeIn(manifests, manifest, path, value, (object) =>
            put(object, path, otherType(value)),
          ),
        ),
      ),
  },
  {
    name: 'lose-object',
    fault: 'an object is missing in the manifests',
    places: (manifests) =>
      manifests.map((manifest) => ({
        ...placeIn(manifests, manifest, '', manifest.object.kind, (object) => object),
        manifests: () => manifests.filter((one) => one !== manifest),
      })),
  },
];

const otherType = (value: unknown): unknown => {
  switch (typeof value) {
    case 'number':
      return `${value}`;
    case 'boolean':
      return `${value}`;
    case 'string':
      return [value];
    default:
      return Array.isArray(value) ? { items: value } : [value];
  }
};
