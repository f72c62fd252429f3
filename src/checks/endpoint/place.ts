import type { Finding } from '../../model/finding.js';
import { askedBy } from '../../schema/integration.js';
import { alertmanagerFile } from '../configuration/alertmanager.js';
import { dashboardFile } from '../configuration/grafana.js';
import { prometheusFile, ruleFile } from '../configuration/prometheus.js';
import { contentOf, type ReadFile } from '../configuration/reading.js';
import { errorIn, type Fault } from '../pod/fault.js';
import type { PodTemplate } from '../pod/template.js';
import { type Loose, listOf, recordOf } from '../reference/lenient.js';
import { type Mention, mentionsIn, type Text, textsIn } from './mention.js';
import { withoutRawJobs } from './raw-scrape.js';

type Result = Omit<Finding, 'check'>;

/** Pods, and all the addresses that their containers are told. */
export interface Place {
  readonly template: PodTemplate;
  readonly told: readonly Told[];
  /** What the servers say that people call them. */
  readonly called: readonly Told[];
}

/** An address that a container is told, and how to speak of a fault in it. */
export interface Told extends Mention {
  /** All of what the container is told there. */
  readonly text: string;
  readonly at: (fault: Fault) => Result;
}

/** The addresses that the containers of pods find in their arguments, variables and files. */
export const placeOf = (
  template: PodTemplate,
  files: readonly ReadFile[],
  rawJobs: ReadonlyMap<string, unknown>,
): Place => {
  const own: Text[] = template.containers.flatMap(({ container, path }) => [
    ...['command', 'args'].flatMap((list) =>
      listOf(container[list]).map((text, index) => ({
        path: `${path}.${list}[${index}]`,
        text: `${text}`,
      })),
    ),
    ...listOf(container.env).map(({ value = '' }, index) => ({
      path: `${path}.env[${index}].value`,
      text: `${value}`,
    })),
  ]);
  const told = [
    ...own.map((text) => ({ text, manifest: template.manifest })),
    ...files
      .filter((file) => file.template === template)
      .flatMap((file) => textsOf(file, rawJobs).map((text) => ({ text, manifest: file.manifest }))),
  ];
  const mentioned = (texts: typeof told): Told[] =>
    texts.flatMap(({ text, manifest }) =>
      mentionsIn(text).map((one) => ({
        ...one,
        text: text.text,
        at: (fault: Fault) => errorIn(manifest, fault),
      })),
    );
  return {
    template,
    told: mentioned(told.filter(({ text }) => !isPublic(text))),
    called: mentioned(told.filter(({ text }) => isPublic(text) && !text.path.endsWith('auth_url'))),
  };
};

/** The texts of a file; of one that is unknown, its lines. What people write is no address book. */
const textsOf = ({ kind, key, text }: ReadFile, rawJobs: ReadonlyMap<string, unknown>): Text[] => {
  if (kind && [ruleFile, dashboardFile].includes(kind.schema as never)) return [];
  const content = kind && contentOf(kind, text);
  if (!content || content.fault !== undefined) {
    return text.split('\n').map((line) => ({ path: `data['${key}']`, text: line.trim() }));
  }
  const { value } = content as Loose;
  if (kind.schema === alertmanagerFile) return textsIn(asked(value), `${key}: `);
  const read = kind.schema === prometheusFile ? withoutRawJobs(value, rawJobs) : value;
  return textsIn(read, `${key}: `);
};

/** Alertmanager's file without what is sent to people, and without what a proxy asks in its place. */
const asked = (value: Loose): unknown => {
  const { global, receivers } = recordOf(value);
  const addresses = (integration: string, { http_config: own, ...fields }: Loose): unknown => {
    const proxied = (own ?? recordOf(global).http_config)?.proxy_url !== undefined;
    const { field = '' } = askedBy[integration] ?? {};
    return {
      ...((!proxied || field === 'smarthost') && { [field]: fields[field] }),
      ...(own && {
        http_config: {
          proxy_url: own.proxy_url,
          oauth2: recordOf(own.oauth2).proxy_url === undefined ? own.oauth2 : undefined,
        },
      }),
    };
  };
  return {
    ...recordOf(value),
    receivers: listOf(receivers).map((receiver) =>
      Object.fromEntries(
        Object.entries(recordOf(receiver)).map(([name, list]) => [
          name,
          listOf(list).map((one) => addresses(name, recordOf(one))),
        ]),
      ),
    ),
  };
};

// What a server says of itself to people: an Ingress or a proxy leads there, and not its own pods.
const isPublic = ({ path, text }: Text): boolean =>
  /(root_url|auth_url)$/.test(path) || text.startsWith('--web.external-url=');
