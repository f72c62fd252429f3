/**
 * Why a text is not YAML, in words. Inside brackets and quotes, YAML requires more indentation than that of the key
 * (https://yaml.org/spec/1.2.2/#74-flow-collection-styles); the parser of Kubernetes and Prometheus does not.
 */
export const yamlReason = (reason: string): string =>
  reason === 'deficient indentation'
    ? 'inside brackets and quotes, each line must be indented more than the key before them, also that of a closing bracket'
    : reason;
