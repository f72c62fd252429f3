type Loose = Readonly<Record<string, unknown>>;

/** Whether a configuration is one of Promtail, whose jobs have the form of those of Prometheus. */
export const isPromtail = ({ clients, positions, scrape_configs: jobs }: Loose): boolean =>
  Array.isArray(clients) ||
  (positions !== undefined && Array.isArray(jobs)) ||
  (Array.isArray(jobs) && jobs.some((one) => Object(one).pipeline_stages !== undefined));
