import { filesIn, placeInFile } from '../file.js';
import { type Operator, type Path, put, valueAt } from '../place.js';

const secret = 'correct-horse-battery';

/** Fields of a scrape job in which a credential is written, each with its value. */
const literals: readonly (readonly [field: string, value: unknown])[] = [
  ['params', { token: [secret] }],
  ['http_headers', { 'X-Api-Key': { values: [secret] } }],
  ['proxy_url', `http://prometheus:${secret}@proxy.example.com:3128`],
];

export const credentialOperators: readonly Operator[] = [
  {
    name: 'write-credential',
    fault: 'a credential is written into a scrape job, because the target requires it',
    places: (manifests) =>
      filesIn(manifests).flatMap((file) => {
        const jobs: unknown = file.tree?.scrape_configs;
        return (Array.isArray(jobs) ? jobs : []).flatMap((_, index) =>
          literals.map(([field, value]) => {
            const path: Path = ['scrape_configs', index, field];
            const was = valueAt(file.tree, path);
            const both = typeof value === 'object' ? { ...was, ...value } : value;
            return placeInFile(manifests, file, path, was, (tree) => put(tree, path, both));
          }),
        );
      }),
  },
];
