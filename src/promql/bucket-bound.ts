/**
 * The value of the label `le` that Prometheus 3 stores for a bound on a metrics page; undefined if it is no
 * number. Go's shortest form, with `.0` after a whole number:
 * https://github.com/prometheus/prometheus/blob/v3.14.0/model/textparse/openmetricsparse.go (normalizeFloatsInLabelValues, formatOpenMetricsFloat)
 */
export const storedBound = (text: string): string | undefined => {
  if (/^\+?inf(inity)?$/i.test(text)) return '+Inf';
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return undefined;
  const [digits = '', power = '0'] = Number(text).toExponential().split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 6) {
    const sign = exponent < 0 ? '-' : '+';
    return `${digits}e${sign}${`${Math.abs(exponent)}`.padStart(2, '0')}`;
  }
  const written = `${Number(text)}`;
  return written.includes('.') ? written : `${written}.0`;
};

/** The bounds in the value of a matcher, if it is one, or a list of alternatives. */
export const boundsIn = (value: string, isPattern: boolean): string[] => {
  if (!isPattern) return [value];
  const [, list] = /^(?:\((?:\?:)?)?([\d.eE+\-|\\Inf]+)\)?$/.exec(value) ?? [];
  return list?.replaceAll('\\', '').split('|') ?? [];
};
