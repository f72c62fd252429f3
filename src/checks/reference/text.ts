import type { Reference } from './reference.js';

// `service.namespace.svc:port`; what stands before a further dot is a single pod.
const serviceHost =
  /(?<pod>[a-z0-9-]+\.)?(?<name>[a-z0-9-]+)\.(?<namespace>[a-z0-9-]+)\.svc(?![a-z0-9-])(?:\.cluster\.local)?(?::(?<port>\d+))?/g;

/** The Services that a text names by host, once each. */
export const servicesIn = (text: unknown, path: string): Reference[] => {
  if (typeof text !== 'string' || !text.includes('.svc')) return [];
  const found = [...text.matchAll(serviceHost)].map(({ groups = {} }) => {
    const { pod, name = '', namespace = '', port } = groups;
    // A single pod is reached on its own ports, whatever the Service's are.
    return { name, namespace, ...(port && !pod && { key: port }) };
  });
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()].flatMap(
    ({ key, ...one }) => {
      const reference = { path, kind: 'Service', ...one };
      return key === undefined ? [reference] : [reference, { ...reference, key }];
    },
  );
};
