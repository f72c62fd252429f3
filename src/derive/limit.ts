import type { ScrapeJob } from '../model/scrape-job.js';

// Bytes of a line with many labels: the number of samples must reach its limit before the size of the
// page does.
const bytesOfSample = 400;

/** Limits against a faulty target: the number of samples, and the size of the page. */
export const limitsFor = (
  samples: number,
): Pick<ScrapeJob, 'sample_limit' | 'body_size_limit'> => ({
  sample_limit: samples,
  body_size_limit: `${Math.ceil((samples * bytesOfSample) / 2 ** 20)}MB`,
});
