/** Escapes a text for HTML, including attributes. */
export const escaped = (text: unknown): string =>
  `${text ?? ''}`.replace(
    /[&<>"']/g,
    (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[one]!,
  );
