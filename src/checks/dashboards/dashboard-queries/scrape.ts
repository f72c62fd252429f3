import type { CheckInput } from '../../../model/check.js';
import { seconds } from '../../../promql/duration.js';
import { prometheusFilesIn } from '../../support/prometheus-file.js';

/** The scrape interval in the shipped configuration of Prometheus, in seconds. */
export const scrapeSeconds = (input: CheckInput): number => {
  const [file] = prometheusFilesIn(input);
  return seconds(file?.config.global?.scrape_interval ?? '') ?? 60;
};
