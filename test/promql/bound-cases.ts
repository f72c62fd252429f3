/** Matchers of `le`, and whether Prometheus 3 stores a bucket of the bounds below that they select. */
export const boundCases: readonly (readonly [
  operator: '=' | '=~',
  value: string,
  verdict: 'stored' | 'not stored',
])[] = [
  ['=', '1', 'not stored'],
  ['=', '1.0', 'stored'],
  ['=', '1.00', 'not stored'],
  ['=', '0.5', 'stored'],
  ['=', '.5', 'not stored'],
  ['=', '0.0001', 'stored'],
  ['=', '0.00001', 'not stored'],
  ['=', '1e-05', 'stored'],
  ['=', '100000', 'not stored'],
  ['=', '100000.0', 'stored'],
  ['=', '1000000', 'not stored'],
  ['=', '1000000.0', 'not stored'],
  ['=', '1e+06', 'stored'],
  ['=', '1e6', 'not stored'],
  ['=', '1048576', 'not stored'],
  ['=', '1.048576e+06', 'stored'],
  ['=', '+Inf', 'stored'],
  ['=', 'Inf', 'not stored'],
  ['=~', '1', 'not stored'],
  ['=~', '1|1.0', 'stored'],
  ['=~', '(1.0)', 'stored'],
  ['=~', '1(\\\\.0)?', 'stored'],
  ['=~', '1.*', 'stored'],
];

/** The bounds as a page states them. */
export const pageBounds = ['0.00001', '0.0001', '.5', '1', '100000', '1000000', '1048576', '+Inf'];
