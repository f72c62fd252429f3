import type { ScrapeJob } from '../model/scrape-job.js';

// A line of a metrics page with many labels; a page of such lines must not fail by its size before
// it fails by their number.
const bytesOfSample = 400;

/** What a job refuses, against a target gone wrong: more samples, or a page too large for them. */
export const limitsFor = (
  samples: number,
): Pick<ScrapeJob, 'sample_limit' | 'body_size_limit'> => ({
  sample_limit: samples,
  body_size_limit: `${Math.ceil((samples * bytesOfSample) / 2 ** 20)}MB`,
});
