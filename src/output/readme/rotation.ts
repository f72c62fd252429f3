import { type Prerequisite, secretsAmong } from '../../model/prerequisite.js';
import { rotationText } from '../rotation.js';
import { code, distinct, table } from './markdown.js';

/** What another value of each Secret does, by reader. */
export const rotations = (prerequisites: readonly Prerequisite[]): string[] => {
  const rows = new Map<string, { readonly cells: string[]; readonly keys: string[] }>();
  for (const { namespace, name, readers } of secretsAmong(prerequisites)) {
    for (const { party, keys, rotation } of readers) {
      const cells = [code(`${namespace}/${name}`), party, rotationText(rotation, name)];
      const title = JSON.stringify(cells);
      rows.set(title, { cells, keys: [...(rows.get(title)?.keys ?? []), ...keys] });
    }
  }
  return rows.size === 0
    ? []
    : [
        '## Rotation of Secrets',
        'How another value of a Secret reaches its readers:',
        table(
          ['Secret', 'read by', 'keys', 'another value is'],
          [...rows.values()].map(({ cells: [secret = '', party = '', text = ''], keys }) => [
            secret,
            party,
            distinct(keys).map(code).join(', '),
            text,
          ]),
        ),
      ];
};
