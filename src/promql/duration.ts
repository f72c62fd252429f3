const units: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 7 * 86_400,
  y: 365 * 86_400,
};

/** Seconds of a duration or a plain number, such as `1h30m` or `90`; undefined for other text. */
export const seconds = (text: string): number | undefined => {
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  if (parts.length > 0 && parts.map(([part]) => part).join('') === text) {
    return parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit!]!, 0);
  }
  const number = Number(text.replaceAll('_', ''));
  return text.trim() === '' || Number.isNaN(number) ? undefined : number;
};
