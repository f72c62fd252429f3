const lineWidth = 100;

/**
 * JSON with short values on one line and without indentation, so that a diff shows the change and
 * the objects contain little white space.
 */
export const toJson = (value: unknown): string => `${written(value)}\n`;

const written = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const parts: string[] = [];
  if (Array.isArray(value)) for (const part of value) parts.push(written(part));
  else {
    for (const key in value) {
      const part = (value as Readonly<Record<string, unknown>>)[key];
      if (part !== undefined) parts.push(`${JSON.stringify(key)}:${written(part)}`);
    }
  }
  const lines = parts.join(',\n');
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  // On one line, there is no line break after each comma.
  return lines.length - parts.length + 3 <= lineWidth
    ? `${open}${parts.join(',')}${close}`
    : `${open}\n${lines}\n${close}`;
};
