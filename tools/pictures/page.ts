/** The text of `docs/pictures/README.md` about the pictures. */
export const picturesPage = (
  files: readonly string[],
  grafana: { readonly version: string; readonly minutes: number } | undefined,
  date: string,
): string =>
  [
    '# Pictures',
    '',
    grafana
      ? `\`npx tsx tools/pictures.ts\` took them on ${date} in Grafana ${grafana.version}, which showed the dashboards of development with the data of a cluster that had run for ${grafana.minutes} minutes. The gallery is \`npx crowsnest preview\`.`
      : `\`npx tsx tools/pictures.ts\` took them on ${date} of the gallery of \`npx crowsnest preview\`, without data: no Grafana was available.`,
    '',
    ...files.map((file) => `![${file}](${file}.png)\n`),
  ].join('\n');
