import { load } from 'js-yaml';
import { isPromtail } from './promtail.js';

/** A configuration of Alertmanager or Prometheus in a document. */
export interface Settings {
  readonly of: 'alertmanager' | 'prometheus';
  readonly value: Loose;
  /** Where it is: the index of the document, and a path in it. */
  readonly path: readonly (string | number)[];
  /** The text that has it, at the path, such as that of a ConfigMap. @default - it is part of the document */
  readonly text?: string;
  /** Texts of template files beside it in the document. */
  readonly templates: Readonly<Record<string, string>>;
}

type Loose = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** The configurations in a document: itself, texts of a ConfigMap or Secret, or values of a Helm chart. */
export const settingsIn = (document: unknown, path: Path): Settings[] => {
  const own = ofValue(document);
  if (own) return [{ ...own, path, templates: {} }];
  const fields = fieldsOf(document);
  if (typeof fields.apiVersion === 'string') {
    return ['ConfigMap', 'Secret'].includes(`${fields.kind}`) ? inTexts(fields, path) : [];
  }
  return inValues(fields, path);
};

/** Jobs alone are the content of `additionalScrapeConfigs` or `scrape_config_files`. */
const ofValue = (value: unknown): Pick<Settings, 'of' | 'value'> | undefined => {
  if (Array.isArray(value)) {
    const isJobs = value.length > 0 && value.every((one) => fieldsOf(one).job_name !== undefined);
    return isJobs ? { of: 'prometheus', value: { scrape_configs: value } } : undefined;
  }
  const fields = fieldsOf(value);
  if (fields.apiVersion !== undefined || isPromtail(fields)) return undefined;
  if (isFields(fields.route) && Array.isArray(fields.receivers)) {
    return { of: 'alertmanager', value: fields };
  }
  const isPrometheus =
    Array.isArray(fields.scrape_configs) ||
    Array.isArray(fields.remote_write) ||
    (Array.isArray(fields.rule_files) && !Array.isArray(fields.tests));
  return isPrometheus ? { of: 'prometheus', value: fields } : undefined;
};

const inTexts = ({ data, stringData }: Loose, path: Path): Settings[] => {
  const plain = Object.entries({ ...fieldsOf(data), ...fieldsOf(stringData) }).flatMap(
    ([name, text]) => (typeof text === 'string' ? [{ name, text }] : []),
  );
  const templates = Object.fromEntries(
    plain.filter(({ name }) => name.endsWith('.tmpl')).map(({ name, text }) => [name, text]),
  );
  return plain.flatMap(({ name, text: given }): Settings[] => {
    if (!/\.ya?ml$/.test(name)) return [];
    const text = name in fieldsOf(stringData) || !isBase64(given) ? given : decoded(given);
    const found = ofValue(parsed(text));
    const at = [...path, name in fieldsOf(stringData) ? 'stringData' : 'data', name];
    return found ? [{ ...found, path: at, text, templates }] : [];
  });
};

/** In the values of kube-prometheus-stack, and of the charts prometheus and alertmanager. */
const inValues = (fields: Loose, path: Path): Settings[] => {
  const places = [
    ['alertmanager', 'config'],
    ['config'],
    ['alertmanagerFiles', 'alertmanager.yml'],
    ['serverFiles', 'prometheus.yml'],
  ];
  return places.flatMap((place): Settings[] => {
    const found = ofValue(place.reduce<unknown>((one, part) => fieldsOf(one)[part], fields));
    const files = fieldsOf(fieldsOf(fields.alertmanager).templateFiles ?? fields.templates);
    const templates = Object.fromEntries(
      Object.entries(files).flatMap(([name, text]) =>
        typeof text === 'string' ? [[name, text]] : [],
      ),
    );
    return found ? [{ ...found, path: [...path, ...place], templates }] : [];
  });
};

const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/\s]+=*\s*$/.test(text);

const decoded = (text: string): string => Buffer.from(text, 'base64').toString();

/** The value of a text of YAML; undefined if it is not valid. */
export const parsed = (text: string): unknown => {
  try {
    return load(text);
  } catch {
    return undefined;
  }
};

const isFields = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldsOf = (value: unknown): Loose => (isFields(value) ? value : {});
