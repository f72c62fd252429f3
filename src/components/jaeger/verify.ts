/**
 * A script that starts Jaeger on a restored copy, with a port that only it can reach, and lists the services: Jaeger
 * ends if Badger cannot open its files.
 */
export const verifyScript = (folder: string): string => `set -eu
# Jaeger would create an empty store.
test -s ${folder}/keys/MANIFEST
address=127.0.0.1:26686
cat > ${folder}/verify.yaml <<END
extensions:
  jaeger_storage:
    backends:
      main:
        badger:
          ephemeral: false
          directories: { keys: ${folder}/keys, values: ${folder}/values }
  jaeger_query:
    enable_tracing: false
    http: { endpoint: "$address" }
    grpc: { endpoint: "127.0.0.1:26685" }
    storage: { traces: main }
receivers: { otlp: { protocols: { grpc: { endpoint: "127.0.0.1:26684" } } } }
exporters: { jaeger_storage_exporter: { trace_storage: main } }
service:
  extensions: [jaeger_storage, jaeger_query]
  pipelines: { traces: { receivers: [otlp], exporters: [jaeger_storage_exporter] } }
  telemetry: { metrics: { level: none } }
END
/cmd/jaeger/jaeger-linux --config=${folder}/verify.yaml &
pid=$!
until wget -q -O - "http://$address/api/services"; do
  kill -0 "$pid"
  sleep 1
done
kill "$pid"
`;
