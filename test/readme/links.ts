/** A page without its code, in which nothing is a link or a heading. */
const proseOf = (page: string): string =>
  page
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/``[^`]+``|`[^`\n]+`/g, (code) => code.replace(/[[\]()]/g, ' '));

/** The targets of relative links and pictures of a page, with their anchors. */
export const linksIn = (page: string): string[] =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z][-a-z+.]*:/i.test(link));

/** The anchors of the headings of a page, as GitHub and Forgejo form them. */
export const anchorsOf = (page: string): ReadonlySet<string> => {
  const found = new Set<string>();
  const headings = page.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#{1,6} (.+)$/gm);
  for (const [, heading = ''] of headings) {
    const anchor = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    let unique = anchor;
    for (let count = 1; found.has(unique); count += 1) unique = `${anchor}-${count}`;
    found.add(unique);
  }
  return found;
};
