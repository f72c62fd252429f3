/** All options of how a component is served behind an authenticating proxy. */
export const publishedAs = (name: string) =>
  ({
    url: `https://ops.example.com/${name}`,
    path: `/${name}`,
    route: {
      kind: 'ingress',
      hosts: ['ops.example.com'],
      path: `/${name}`,
      ingressClass: 'nginx',
      tlsSecret: 'ops-tls',
      annotations: { 'nginx.ingress.kubernetes.io/auth-url': 'https://login.example.com/auth' },
    },
  }) as const;
