/** The parts of an image reference. */
export interface ImageParts {
  /** The repository, with its registry if the reference has one. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest?: string;
}

// https://github.com/distribution/reference/blob/v0.6.0/regexp.go
const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const host = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\\[[a-fA-F0-9:]+\\])(?::\\d+)?';
const notation = new RegExp(
  `^(?<repository>(?:${host}/)?${component}(?:/${component})*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$`,
);

/** The parts of an image reference; undefined if it is invalid. */
export const imageParts = (reference: unknown): ImageParts | undefined => {
  const groups = typeof reference === 'string' ? notation.exec(reference)?.groups : undefined;
  return groups as ImageParts | undefined;
};
