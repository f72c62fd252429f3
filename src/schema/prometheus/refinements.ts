import { seconds } from '../../promql/duration.js';
import { fieldsOf } from '../engine-schema.js';
import type { Refinement } from '../refinement.js';
import { engine } from './engine.js';

const clientFields = Object.keys(fieldsOf(engine.types, 'config.HTTPClientConfig'));

type Fields = Readonly<Record<string, unknown>>;

/** With legacy name validation, Prometheus cannot request UTF-8 names. */
export const escaping: Refinement = (fields, context) => {
  if (fields.metric_name_validation_scheme !== 'legacy') return;
  if (fields.metric_name_escaping_scheme !== 'allow-utf-8') return;
  context.addIssue({
    code: 'custom',
    path: ['metric_name_escaping_scheme'],
    message: "'underscores', 'dots' or 'values': legacy name validation does not allow UTF-8 names",
    input: fields.metric_name_escaping_scheme,
  });
};

/** One duration or number is at most as large as another, or as its default. */
export const atMost =
  (name: string, most: string, normally?: string | number): Refinement =>
  (fields, context) => {
    const [value, limit] = [fields[name], fields[most] ?? normally];
    if (value === undefined || limit === undefined || amountOf(value) <= amountOf(limit)) return;
    const message = `at most ${limit}, the value of ${most}`;
    context.addIssue({ code: 'custom', path: [name], message, input: value });
  };

const amountOf = (value: unknown): number =>
  typeof value === 'number' ? value : (seconds(`${value}`) ?? 0);

/** The timeout of a scrape is at most its interval. */
export const timeouts: Refinement = ({ global, scrape_configs }, context) => {
  const jobs = (scrape_configs ?? []) as readonly Fields[];
  for (const [index, job] of jobs.entries()) {
    const { scrape_interval: common = '1m' } = (global ?? {}) as Fields;
    const interval = amountOf(job.scrape_interval ?? '') > 0 ? job.scrape_interval : common;
    if (amountOf(job.scrape_timeout ?? '') <= amountOf(interval)) continue;
    context.addIssue({
      code: 'custom',
      path: ['scrape_configs', index, 'scrape_timeout'],
      message: `at most ${interval}, its scrape interval`,
    });
  }
};

/** The names of the items of a list are unique. */
export const ownNames =
  (list: string, field: string, message: string): Refinement =>
  (fields, context) => {
    const names = ((fields[list] ?? []) as readonly Fields[]).map((one) => one[field]);
    for (const [index, name] of names.entries()) {
      if (name === undefined || names.indexOf(name) === index) continue;
      context.addIssue({ code: 'custom', path: [list, index, field], message, input: name });
    }
  };

/** A target is an address, unless relabelling changes it. */
export const addresses: Refinement = ({ static_configs, relabel_configs }, context) => {
  if (((relabel_configs ?? []) as unknown[]).length > 0) return;
  for (const [group, { targets }] of ((static_configs ?? []) as Fields[]).entries()) {
    for (const [index, input] of ((targets ?? []) as string[]).entries()) {
      if (!input.includes('/')) continue;
      const path = ['static_configs', group, 'targets', index];
      const message = "a host and a port such as 'db.example.com:9100'";
      context.addIssue({ code: 'custom', path, message, input });
    }
  }
};

/** Only SRV records contain the port of a target. */
export const recordPort: Refinement = ({ type = 'SRV', port }, context) => {
  if (type === 'SRV' || port) return;
  const message = 'the port of the targets';
  context.addIssue({ code: 'custom', path: ['port'], message, input: port });
};

const selectable: Readonly<Record<string, readonly string[]>> = {
  pod: ['pod', 'node'],
  service: ['service'],
  endpointslice: ['pod', 'service', 'endpointslice'],
  endpoints: ['pod', 'service', 'endpoints'],
  node: ['node'],
  ingress: ['ingress'],
};

/** Each discovery role allows selectors for certain roles, each at most once. */
export const selectors: Refinement = ({ role, selectors: list }, context) => {
  const roles = ((list ?? []) as readonly Fields[]).map((selector) => selector.role);
  for (const [index, input] of roles.entries()) {
    const before = roles.slice(0, index);
    const values = (selectable[`${role}`] ?? []).filter((one) => !before.includes(one));
    if (values.includes(`${input}`)) continue;
    context.addIssue({ code: 'invalid_value', path: ['selectors', index, 'role'], values, input });
  }
};

/** `own_namespace` is only for the cluster in which Prometheus runs. */
export const ownNamespace: Refinement = ({ namespaces, api_server, kubeconfig_file }, context) => {
  const { own_namespace: input } = (namespaces ?? {}) as Fields;
  if (!input || (api_server ?? kubeconfig_file) === undefined) return;
  const message = 'nothing: it cannot be used with api_server or kubeconfig_file';
  context.addIssue({ code: 'custom', path: ['namespaces', 'own_namespace'], message, input });
};

/** Authentication and TLS settings are only for the server of `api_server`. */
export const ofApiServer: Refinement = (fields, context) => {
  if (fields.api_server !== undefined) return;
  const name = clientFields.find((one) => fields[one] !== undefined);
  if (name === undefined) return;
  const message = 'nothing: it requires api_server';
  context.addIssue({ code: 'custom', path: [name], message, input: fields[name] });
};

/** `ignore_resource_attributes` requires that all attributes are promoted; a list of promoted ones excludes that. */
export const attributes: Refinement = (fields, context) => {
  const name = fields.promote_all_resource_attributes
    ? 'promote_resource_attributes'
    : 'ignore_resource_attributes';
  if (fields[name] === undefined) return;
  const message = fields.promote_all_resource_attributes
    ? 'nothing: promote_all_resource_attributes already promotes all attributes'
    : 'nothing: it requires promote_all_resource_attributes';
  context.addIssue({ code: 'custom', path: [name], message, input: fields[name] });
};
