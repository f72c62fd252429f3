/** Text as it is written in HTML, in attributes as well. */
export const escaped = (text: unknown): string =>
  `${text ?? ''}`.replace(
    /[&<>"']/g,
    (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[one]!,
  );
