import { filesIn, placeInFile } from '../file.js';
import { misspell, type Operator, put, sitesIn } from '../place.js';

// A label, a function or a variable in an action, but not a keyword.
const word =
  /(?<=\{\{[^}]*)\b(?!if\b|end\b|else\b|with\b|range\b|and\b|or\b)[A-Za-z_]{3,}\b(?=[^{]*\}\})/;

/** A share with a percent sign, a time or bytes as a share. */
const confused: Readonly<Record<string, string>> = {
  humanizePercentage: 'humanize }}%{{ ""',
  humanizeDuration: 'humanizePercentage',
  humanize1024: 'humanizePercentage',
};

const unit = /\$value\s*\|\s*(humanizePercentage|humanizeDuration|humanize1024)\b/;

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
  {
    name: 'confuse-value-unit',
    fault: 'the text of an alert writes a share with a percent sign, or a time or bytes as a share',
    places: (manifests) =>
      filesIn(manifests)
        .filter(({ kind }) => kind === 'rules')
        .flatMap((file) =>
          sitesIn(file.tree)
            .filter(
              ({ path, value }) =>
                path.includes('annotations') && typeof value === 'string' && unit.test(value),
            )
            .map(({ path, value }) =>
              placeInFile(manifests, file, path, value, (tree) =>
                put(
                  tree,
                  path,
                  value.replace(unit, (all: string, name: string) =>
                    all.replace(name, confused[name]!),
                  ),
                ),
              ),
            ),
        ),
  },
];
