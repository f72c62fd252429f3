/** A minimal cdk8s app, which publishes to the folder in its argument. */
import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';

const app = new App({ outdir: process.argv[2] });
const chart = new Chart(app, 'bare', { disableResourceNameHashes: true });
new k8s.KubeConfigMap(chart, 'settings', {
  metadata: { name: 'settings' },
  data: { greeting: 'hello' },
});
app.synth();
