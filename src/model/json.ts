const lineWidth = 100;

/**
 * JSON with short values on one line and without indentation, so that a diff shows the change and
 * the objects contain little white space.
 */
export const toJson = (value: unknown): string => `${written(value)}\n`;

const written = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = Array.isArray(value)
    ? value.map(written)
    : Object.entries(value)
        .filter(([, part]) => part !== undefined)
        .map(([key, part]) => `${JSON.stringify(key)}:${written(part)}`);
  const length = parts.reduce((sum, part) => sum + part.length + 1, 1);
  return length <= lineWidth
    ? `${open}${parts.join(',')}${close}`
    : `${open}\n${parts.join(',\n')}\n${close}`;
};
