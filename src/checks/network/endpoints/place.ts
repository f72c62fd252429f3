import { serverFields } from '../../../schema/alertmanager/address.js';
import type { MountedFile } from '../../support/file.js';
import {
  type Mention,
  mentionsIn,
  type Text,
  textsIn,
  variableText,
} from '../../support/mention.js';
import { faultIn } from '../../support/pod/fault.js';
import type { PodTemplate } from '../../support/pod/template.js';
import { listOf, recordOf, type Untyped } from '../../support/untyped.js';
import type { EndpointsFault, Result } from './faults.js';
import { withoutRawJobs } from './raw-scrape.js';

/** Pods, and all addresses in the configuration of their containers. */
export interface Place {
  readonly template: PodTemplate;
  /** Every argument, variable and configured value. */
  readonly texts: readonly string[];
  readonly addresses: readonly ConfiguredAddress[];
  /** The public addresses of servers, which users open. */
  readonly publicAddresses: readonly ConfiguredAddress[];
}

/** An address in the configuration of a container, and a function that reports a fault of it. */
export interface ConfiguredAddress extends Mention {
  /** The whole text that contains the address. */
  readonly text: string;
  /** The path of the container in its workload. */
  readonly container: string;
  readonly at: (fault: EndpointsFault) => Result;
}

/** The addresses in the arguments, variables and files of pods. */
export const placeOf = (
  template: PodTemplate,
  files: readonly MountedFile[],
  rawJobs: ReadonlyMap<string, unknown>,
): Place => {
  const own = template.containers.flatMap(({ container, path }) => [
    ...['command', 'args'].flatMap((list) =>
      listOf(container[list]).map((text, index) => ({
        path: `${path}.${list}[${index}]`,
        text: `${text}`,
        container: path,
      })),
    ),
    ...listOf(container.env).map(({ name, value = '' }, index) => ({
      path: `${path}.env[${index}].value`,
      text: variableText(`${name}`, `${value}`),
      container: path,
    })),
  ]);
  const found = [
    ...own.map(({ container, ...text }) => ({ text, container, manifest: template.manifest })),
    ...files
      .filter((file) => file.template.manifest === template.manifest)
      .flatMap((file) =>
        textsOf(file, rawJobs).map((text) => ({
          text,
          container: file.container.path,
          manifest: file.manifest,
        })),
      ),
  ];
  const mentioned = (texts: typeof found): ConfiguredAddress[] =>
    texts.flatMap(({ text, container, manifest }) =>
      mentionsIn(text).map((one) => ({
        ...one,
        text: text.text,
        container,
        at: (fault: EndpointsFault) => faultIn(manifest, fault),
      })),
    );
  return {
    template,
    texts: found.map(({ text }) => text.text),
    addresses: mentioned(found.filter(({ text }) => !isPublic(text))),
    publicAddresses: mentioned(
      found.filter(({ text }) => isPublic(text) && !text.path.endsWith('auth_url')),
    ),
  };
};

/** The texts of a file, or its lines if it is unknown. Prose for people has no addresses of connections. */
const textsOf = (
  { file, key, text, content }: MountedFile,
  rawJobs: ReadonlyMap<string, unknown>,
): Text[] => {
  if (file?.prose) return [];
  if (!content || content.fault !== undefined) {
    return text.split('\n').map((line) => ({ path: `data['${key}']`, text: line.trim() }));
  }
  const { value } = content;
  if (file?.kind?.startsWith('alertmanager-')) return textsIn(withoutMessages(value), `${key}: `);
  const read = file?.kind === 'prometheus-config' ? withoutRawJobs(value, rawJobs) : value;
  return textsIn(read, `${key}: `);
};

/** The file of Alertmanager without texts of notifications, and without addresses behind a proxy. */
const withoutMessages = (value: Untyped): unknown => {
  const { global, receivers } = recordOf(value);
  const common = recordOf(global);
  const addresses = (integration: string, { http_config: own, ...fields }: Untyped): unknown => {
    const proxied = (own ?? common.http_config)?.proxy_url !== undefined;
    const { field = '', global: inherited = '' } = serverFields[integration] ?? {};
    return {
      ...((!proxied || field === 'smarthost') && { [field]: fields[field] ?? common[inherited] }),
      ...(own && {
        http_config: {
          proxy_url: own.proxy_url,
          oauth2: recordOf(own.oauth2).proxy_url === undefined ? own.oauth2 : undefined,
        },
      }),
    };
  };
  return {
    global: { http_config: common.http_config },
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

// The public address of a server: an Ingress or a proxy serves it, and not its own pods.
const isPublic = ({ path, text }: Text): boolean =>
  /(root_url|auth_url)$/.test(path) || text.startsWith('--web.external-url=');
