import { filesIn, placeInFile } from '../file.js';
import { misspell, type Operator, put, sitesIn } from '../place.js';

// A label, a function or a variable in an action, but not a keyword.
const word =
  /(?<=\{\{[^}]*)\b(?!if\b|end\b|else\b|with\b|range\b|and\b|or\b)[A-Za-z_]{3,}\b(?=[^{]*\}\})/;

export const textOperators: readonly Operator[] = [
  {
    name: 'misspell-template',
    fault: 'a label, a field or a function in the text of an alert is mistyped',
    places: (manifests) =>
      filesIn(manifests)
        .filter(({ kind }) => kind === 'rules')
        .flatMap((file) =>
          sitesIn(file.tree)
            .filter(
              ({ path, value }) =>
                path.includes('annotations') && typeof value === 'string' && word.test(value),
            )
            .map(({ path, value }) =>
              placeInFile(manifests, file, path, value, (tree) =>
                put(tree, path, value.replace(word, misspell)),
              ),
            ),
        ),
  },
];
