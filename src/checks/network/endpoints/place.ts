import { serverFields } from '../../../schema/alertmanager/address.js';
import { connects } from '../../../schema/grafana/setting-server.js';
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
  { file, key, text, content, container }: MountedFile,
  rawJobs: ReadonlyMap<string, unknown>,
): Text[] => {
  if (file?.prose) return [];
  if (!content || content.fault !== undefined) {
    return text.split('\n').map((line) => ({ path: `data['${key}']`, text: line.trim() }));
  }
  const { value } = content;
  if (file?.kind?.startsWith('alertmanager-')) return textsIn(withoutMessages(value), `${key}: `);
  if (file?.kind === 'grafana-settings') {
    return textsIn(withoutBrowserUrls(value, proxyOf(container.container)), `${key}: `);
  }
  const read = file?.kind === 'prometheus-config' ? direct(withoutRawJobs(value, rawJobs)) : value;
  return textsIn(read, `${key}: `);
};

/** The hosts that a container reaches without its proxy; undefined without a proxy. */
const proxyOf = (container: Untyped): readonly string[] | undefined => {
  const variable = (name: string) =>
    listOf(container.env).find((one) => recordOf(one).name === name)?.value;
  return variable('HTTPS_PROXY') === undefined
    ? undefined
    : `${variable('NO_PROXY') ?? ''}`.split(',');
};

/** Grafana's settings without addresses that only the browser uses, and without those behind a proxy. */
const withoutBrowserUrls = (value: Untyped, direct: readonly string[] | undefined): unknown =>
  Object.fromEntries(
    Object.entries(recordOf(value)).map(([section, values]) => [
      section,
      Object.fromEntries(
        Object.entries(recordOf(values)).filter(([key, text]) => {
          if (/^(?:http_port|root_url)$/.test(key)) return true;
          if (!connects(section, key)) return false;
          const address = `${text}`;
          if (!direct || !/^https?:\/\/./.test(address) || !URL.canParse(address)) return true;
          const { hostname } = new URL(address);
          return direct.some((one) =>
            one.startsWith('.') ? hostname.endsWith(one) : hostname === one,
          );
        }),
      ),
    ]),
  );

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

/** The file of Prometheus without addresses behind a proxy. */
const direct = (value: Untyped): unknown => {
  const without = (list: unknown, ...fields: readonly string[]) =>
    listOf(list).map((one) => {
      const hidden = one.proxy_url && !one.no_proxy ? fields : [];
      const oauth2 = recordOf(one.oauth2).proxy_url
        ? { proxy_url: one.oauth2.proxy_url }
        : one.oauth2;
      return {
        ...Object.fromEntries(Object.entries(one).filter(([name]) => !hidden.includes(name))),
        ...(oauth2 && { oauth2 }),
      };
    });
  const { remote_write, remote_read, alerting } = recordOf(value);
  return {
    ...recordOf(value),
    remote_write: without(remote_write, 'url'),
    remote_read: without(remote_read, 'url'),
    alerting: {
      ...recordOf(alerting),
      alertmanagers: without(recordOf(alerting).alertmanagers, 'static_configs'),
    },
  };
};

// The public address of a server: an Ingress or a proxy serves it, and not its own pods.
const isPublic = ({ path, text }: Text): boolean =>
  /(root_url|auth_url)$/.test(path) || text.startsWith('--web.external-url=');
