import { z } from 'zod';
import prometheus from '../data/prometheus.js';
import { fieldsOf } from '../engine-schema.js';
import { asText, duration, regex, size } from '../format.js';
import { clientNeeded, clientScalars } from '../http-client.js';

const { types } = prometheus;

/** A whole number above 0. */
export const count = z.int().min(1);

// With its default, UTF-8 validation, Prometheus accepts any name that is not empty.
const labelName = z.string({ error: "a label name such as 'namespace'" }).min(1);

const scalars = {
  ...clientScalars,
  string: z.string(),
  bool: z.boolean(),
  int: z.int(),
  // 0 is the default: no limit, or the limit in `global`.
  uint: z.int().min(0),
  float: z.number(),
  any: z.json({ error: 'text, numbers, true or false, lists and objects' }),
  'model.Duration': duration,
  'model.LabelName': labelName,
  'model.ValidationScheme': z.enum(['utf8', 'legacy']),
  'labels.Labels': z.record(labelName, asText(z.string())),
  'units.Base2Bytes': size,
  'relabel.Regexp': regex,
} as const;

/** Required fields by type. */
const needed = {
  ...clientNeeded,
  // Some servers take a token as the user, without a password.
  'config.BasicAuth': [],
  'config.ScrapeConfig': ['job_name'],
  'aws.Filter': ['values'],
  'azure.SDConfig': ['subscription_id'],
  'dns.SDConfig': ['names'],
  'eureka.SDConfig': ['server'],
  'http.SDConfig': ['url'],
  'ionos.SDConfig': ['datacenter_id'],
  'kubernetes.SDConfig': ['role'],
  'kubernetes.SelectorConfig': ['role'],
  'marathon.SDConfig': ['servers'],
  'outscale.SDConfig': ['access_key', 'secret_key'],
  'puppetdb.SDConfig': ['url', 'query'],
  'uyuni.SDConfig': ['server'],
  'config.RemoteWriteConfig': ['url'],
  'config.RemoteReadConfig': ['url'],
  'config.TracingConfig': ['endpoint'],
  'rulefmt.RuleGroups': ['groups'],
  'rulefmt.RuleGroup': ['name', 'rules'],
} as const;

/** The types, scalars and required fields of Prometheus. */
export const engine = { types, scalars, needed };

/** The fields that configure service discovery. */
export const discoveries = Object.keys(fieldsOf(types, 'discovery.Configs'));
