import type { Manifest } from '../../../src/model/manifest.js';
import { filesIn, placeInFile } from '../file.js';
import { misspell, type Operator, type Place, put, sitesIn } from '../place.js';

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

/** Every text of an alert in which a pattern occurs, with a change of the first place. */
const textsWith = (
  manifests: readonly Manifest[],
  pattern: RegExp,
  change: (found: string, ...groups: string[]) => string,
): Place[] =>
  filesIn(manifests)
    .filter(({ kind }) => kind === 'rules')
    .flatMap((file) =>
      sitesIn(file.tree)
        .filter(
          ({ path, value }) =>
            path.includes('annotations') && typeof value === 'string' && pattern.test(value),
        )
        .map(({ path, value }) =>
          placeInFile(manifests, file, path, value, (tree) =>
            put(tree, path, value.replace(pattern, change)),
          ),
        ),
    );

export const textOperators: readonly Operator[] = [
  {
    name: 'misspell-template',
    fault: 'a label, a field or a function in the text of an alert is mistyped',
    places: (manifests) => textsWith(manifests, word, misspell),
  },
  {
    name: 'confuse-value-unit',
    fault: 'the text of an alert writes a share with a percent sign, or a time or bytes as a share',
    places: (manifests) =>
      textsWith(manifests, unit, (all, name = '') => all.replace(name, confused[name]!)),
  },
];
