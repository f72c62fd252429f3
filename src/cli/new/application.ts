/** The text of an application: the Service that reaches its pods, and what is scraped. */
export const newApplication = (
  name: string,
): string => `# EDIT: copy the Service of the application, and select it with the ServiceMonitor.
# The Service gives synth the pods and the number of the port; synth deploys neither of the two.
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${name}, labels: { app: ${name} } }
spec:
  selector: { app: ${name} }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: ${name}, namespace: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  endpoints: [{ port: http, path: /metrics, interval: 30s }]
`;
