// A service whose HTTP metrics are those of the OpenTelemetry SDK for JavaScript.
const { metrics } = require('@opentelemetry/api');
const { PrometheusExporter } = require('@opentelemetry/exporter-prometheus');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { MeterProvider } = require('@opentelemetry/sdk-metrics');

const exporter = new PrometheusExporter({
  host: '127.0.0.1',
  port: Number(process.env.METRICS_PORT),
});
const provider = new MeterProvider({ readers: [exporter] });
metrics.setGlobalMeterProvider(provider);
const instrumentation = new HttpInstrumentation();
instrumentation.setMeterProvider(provider);
instrumentation.enable();

// After the instrumentation, which replaces its functions.
const { createServer } = require('node:http');

createServer((request, response) => {
  response.writeHead(request.url === '/failing' ? 500 : 200).end();
}).listen(Number(process.env.PORT), '127.0.0.1');
