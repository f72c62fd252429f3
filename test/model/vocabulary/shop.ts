import { metrics, type Party, required } from '../../../src/index.js';

/** An application in another namespace, which is scraped and sends spans. */
const application = (name: string): Party => ({
  name,
  workloads: { app: { kind: 'pods', namespace: 'shop', labels: { app: name } } },
  endpoints: { web: { port: 8080, offers: [metrics('/metrics', { interval: '15s' })] } },
  consumes: [required('traces', { variant: 'grpc' })],
});

/** Two applications in one namespace, which differ only in their names. */
export const applications: readonly Party[] = [application('cart'), application('checkout')];
