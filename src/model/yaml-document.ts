import {
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from 'js-yaml';
import { yamlReason } from './yaml-reason.js';

/** A document of a YAML file, with the lines of its parts. */
export interface YamlDocument {
  /** The value: each scalar is its text, as Go reads it into a string; null if it is empty. */
  readonly value: unknown;
  /** The 1-based line of the part at a path, or of the nearest part above it. */
  lineAt(path: readonly (string | number)[]): number;
}

/** Why a text is not YAML. */
export class YamlFault extends Error {
  constructor(
    message: string,
    /** 1-based. */
    readonly line: number | undefined,
  ) {
    super(message);
  }
}

interface Node {
  readonly value: unknown;
  readonly line: number;
  readonly parts: ReadonlyMap<string | number, Node>;
}

/** Reads all documents of a text. Throws a `YamlFault`. */
export const yamlDocuments = (text: string): YamlDocument[] => {
  try {
    return new Reader(text).documents().map((root) => ({
      value: root.value,
      lineAt: (path) => lineIn(root, path),
    }));
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new YamlFault(yamlReason(error.reason), error.mark && error.mark.line + 1);
  }
};

const lineIn = (root: Node, path: readonly (string | number)[]): number => {
  let node = root;
  for (const part of path) {
    const next = node.parts.get(part);
    if (!next) break;
    node = next;
  }
  return node.line;
};

class Reader {
  private readonly events: readonly Event[];
  private readonly starts: readonly number[];
  private anchors = new Map<string, Node>();
  private next = 0;

  constructor(private readonly text: string) {
    this.events = parseEvents(text, {});
    this.starts = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
  }

  documents(): Node[] {
    const all: Node[] = [];
    for (let event = this.take(); event; event = this.take()) {
      if (event.type !== EVENT_ID.DOCUMENT) continue;
      this.anchors = new Map();
      const first = this.take();
      if (!first || first.type === EVENT_ID.POP) continue;
      all.push(this.node(first));
    }
    return all;
  }

  private take(): Event | undefined {
    return this.events[this.next++];
  }

  private node(event: Event, at?: number): Node {
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.named(event, this.leaf(this.scalar(event), at ?? event.valueStart));
      case EVENT_ID.SEQUENCE:
        return this.named(event, this.list(at ?? event.start));
      case EVENT_ID.MAPPING:
        return this.named(event, this.mapping(at ?? event.start));
      case EVENT_ID.ALIAS: {
        const name = this.text.slice(event.anchorStart, event.anchorEnd);
        const known = this.anchors.get(name);
        if (!known) YAMLException.throwAt(this.text, event.anchorStart, `unknown alias '${name}'`);
        return known!;
      }
      default:
        throw new Error('The events of js-yaml are not nested.');
    }
  }

  private scalar(event: Event & { type: typeof EVENT_ID.SCALAR }): string | null {
    const value = getScalarValue(this.text, event);
    const isNull = event.style === SCALAR_STYLE.PLAIN && /^(|~|null|Null|NULL)$/.test(value);
    return isNull ? null : value;
  }

  private list(start: number): Node {
    const items: Node[] = [];
    for (let event = this.take(); event && event.type !== EVENT_ID.POP; event = this.take()) {
      items.push(this.node(event));
    }
    return {
      value: items.map(({ value }) => value),
      line: this.line(start),
      parts: new Map(items.map((item, index) => [index, item])),
    };
  }

  private mapping(start: number): Node {
    const parts = new Map<string, Node>();
    const merged = new Map<string | number, Node>();
    for (let key = this.take(); key && key.type !== EVENT_ID.POP; key = this.take()) {
      const at = key.type === EVENT_ID.SCALAR ? key.valueStart : start;
      const name = `${this.node(key).value}`;
      const value = this.node(this.take()!, at);
      if (name === '<<') {
        const sources = Array.isArray(value.value) ? [...value.parts.values()] : [value];
        for (const { parts: own } of sources) {
          for (const [inner, node] of own) if (!merged.has(inner)) merged.set(inner, node);
        }
        continue;
      }
      if (parts.has(name)) YAMLException.throwAt(this.text, at, `the key '${name}' is repeated`);
      parts.set(name, value);
    }
    for (const [name, node] of merged) if (!parts.has(`${name}`)) parts.set(`${name}`, node);
    return {
      value: Object.fromEntries([...parts].map(([name, { value }]) => [name, value])),
      line: this.line(start),
      parts,
    };
  }

  private leaf(value: unknown, at: number): Node {
    return { value, line: this.line(at), parts: new Map() };
  }

  private named(event: { anchorStart: number; anchorEnd: number }, node: Node): Node {
    if (event.anchorStart >= 0) {
      this.anchors.set(this.text.slice(event.anchorStart, event.anchorEnd), node);
    }
    return node;
  }

  private line(offset: number): number {
    let [from, to] = [0, this.starts.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.starts[middle]! <= offset) from = middle + 1;
      else to = middle;
    }
    return from + 1;
  }
}
