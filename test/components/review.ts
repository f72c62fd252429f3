import { Document, isCollection, isMap, type Node, parse, stringify } from 'yaml';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { titleOf } from '../../src/model/manifest.js';
import type { Mutable } from '../checks/input.js';

const width = 160;

/**
 * Objects in a readable form: by title, with short values in one line. Labels that all objects have
 * are left out, and so is the annotation that the full environment adds to all.
 */
export const review = (objects: readonly KubernetesObject[]): string => {
  const document = new Document(reviewed(objects), { aliasDuplicateObjects: false });
  if (isMap(document.contents)) {
    for (const { value } of document.contents.items) shorten(value as Node, 1);
  }
  return document.toString({ lineWidth: 0 });
};

/** The content to review, by the titles of the objects. */
const reviewed = (objects: readonly KubernetesObject[]): Record<string, Mutable> =>
  Object.fromEntries(
    objects.map((object) => {
      const { apiVersion, kind, metadata, data, spec, ...rest }: Mutable = structuredClone(object);
      const { name, namespace, labels, ...more } = metadata;
      delete more.annotations?.['example.com/owner'];
      if (Object.keys(more.annotations ?? {}).length === 0) delete more.annotations;
      if (spec?.template?.metadata) delete spec.template.metadata.labels;
      const files =
        data && Object.entries(data).map(([file, text]) => [file, read(file, `${text}`)]);
      return [
        titleOf(object),
        {
          ...(Object.keys(more).length > 0 && { metadata: more }),
          ...rest,
          ...(files && { data: Object.fromEntries(files) }),
          ...(spec && { spec }),
        },
      ];
    }),
  );

const read = (file: string, text: string): unknown => {
  if (/\.(ya?ml|json)$/.test(file)) return parse(text);
  return file.endsWith('.ini') ? sectionsOf(text) : text;
};

/** The values of an INI file, by section and key. */
const sectionsOf = (text: string): Record<string, Record<string, string>> => {
  const sections: Record<string, Record<string, string>> = {};
  let section = '';
  for (const line of text.split('\n')) {
    section = /^\[(.+)\]$/.exec(line)?.[1] ?? section;
    const [, key, value] = /^(\w+) = (.*)$/.exec(line) ?? [];
    if (key) sections[section] = { ...sections[section], [key]: `${value}` };
  }
  return sections;
};

/** Writes a value in one line if it fits. */
const shorten = (node: Node, depth: number): void => {
  if (!isCollection(node)) return;
  const line = stringify(node, { collectionStyle: 'flow', lineWidth: 0 }).trim();
  if (!line.includes('\n') && line.length + 2 * depth + 20 < width) {
    node.flow = true;
    return;
  }
  for (const item of node.items as Mutable[]) shorten(isMap(node) ? item.value : item, depth + 1);
};

/**
 * The values that other objects have (`+`) and do not have (`-`), with a line for each value or
 * whole part, below the title of the object. Items of a list are identified by name, if they have
 * one.
 */
export const differences = (
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): string => {
  const [one, other] = [reviewed(before), reviewed(after)];
  const titles = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return titles
    .flatMap((title) => {
      const [was, is] = [one[title], other[title]];
      if (!is) return [`- ${title}`];
      if (!was)
        return [`+ ${title}`, ...partsOf(is).map(([key, part]) => `  + ${key}: ${flow(part)}`)];
      const lines = compared('', was, is);
      return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
    })
    .join('\n');
};

const compared = (path: string, was: unknown, is: unknown): string[] => {
  if (flow(was) === flow(is)) return [];
  const gone = `- ${path}${was === undefined || is !== undefined ? `: ${flow(was)}` : ''}`;
  if (is === undefined) return [gone];
  if (was === undefined) return [path.endsWith(flow(is)) ? `+ ${path}` : `+ ${path}: ${flow(is)}`];
  if (typeof was !== typeof is || typeof is !== 'object' || is === null) {
    return [gone, `+ ${path}: ${flow(is)}`];
  }
  const [one, other] = [Object.fromEntries(partsOf(was)), Object.fromEntries(partsOf(is))];
  return (
    [...new Set([...Object.keys(one), ...Object.keys(other)])]
      // The digest changes with every file that it is of.
      .filter((key) => key !== 'crowsnest/restart-on')
      .flatMap((key) => compared(path === '' ? key : `${path} ${key}`, one[key], other[key]))
  );
};

/** The parts of a value by their keys; items with the same name are numbered. */
const partsOf = (value: unknown): [string, unknown][] => {
  if (!Array.isArray(value)) return Object.entries(value as object);
  const names = value.map((item) => nameOf(item) ?? flow(item));
  return value.map((item, index) => {
    const name = names[index]!;
    const before = names.slice(0, index).filter((one) => one === name).length;
    return [before === 0 ? name : `${name} (${before + 1})`, item];
  });
};

const nameOf = (item: Mutable): string | undefined =>
  item?.mountPath ?? item?.name ?? item?.job_name ?? item?.receiver;

const flow = (value: unknown): string =>
  value === undefined ? '' : stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();
