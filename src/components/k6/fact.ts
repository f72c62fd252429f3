/** The fact that an environment has a load test whose results Prometheus receives. */
export const loadTestFact = 'configured:load-tests';
