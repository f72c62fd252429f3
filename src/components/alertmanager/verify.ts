/**
 * A script that starts Alertmanager on a restored copy, and lists its silences: Alertmanager ends if it cannot read a
 * file.
 */
export const verifyScript = (folder: string): string => `set -eu
address=127.0.0.1:19093
printf 'route: { receiver: none }\\nreceivers: [{ name: none }]\\n' > ${folder}/verify.yml
/bin/alertmanager --config.file=${folder}/verify.yml --storage.path=${folder} \\
  --web.listen-address=$address --cluster.listen-address= &
pid=$!
until /bin/amtool silence query --alertmanager.url="http://$address"; do
  kill -0 "$pid"
  sleep 1
done
kill "$pid"
`;
