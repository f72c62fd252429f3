// Runs the libraries of cAdvisor in the same way as its own command, which is in no Go module: with the
// same container factories and collectors, and with the flags that the manifests use.
// https://github.com/google/cadvisor/blob/v0.60.5/cmd/cadvisor.go
package main

import (
	"flag"
	"fmt"
	"log"
	"net/http"
	"strings"
	"time"

	"github.com/google/cadvisor/lib/cache/memory"
	"github.com/google/cadvisor/lib/container"
	_ "github.com/google/cadvisor/lib/container/containerd/install"
	_ "github.com/google/cadvisor/lib/container/crio/install"
	_ "github.com/google/cadvisor/lib/container/systemd/install"
	_ "github.com/google/cadvisor/lib/fs/overlay/install"
	_ "github.com/google/cadvisor/lib/fs/tmpfs/install"
	_ "github.com/google/cadvisor/lib/fs/vfs/install"
	"github.com/google/cadvisor/lib/manager"
	"github.com/google/cadvisor/lib/metrics"
	info "github.com/google/cadvisor/lib/model"
	"github.com/google/cadvisor/lib/utils/sysfs"
	"github.com/google/cadvisor/lib/version"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"k8s.io/utils/clock"
)

func main() {
	enabled := container.MetricSet{}
	flag.Var(&enabled, "enable_metrics", "kinds of metrics")
	address := flag.String("listen_ip", "", "address to listen on")
	port := flag.Int("port", 8080, "port to listen on")
	allLabels := flag.Bool("store_container_labels", true, "tell every label of a container")
	labels := flag.String("whitelisted_container_labels", "", "labels to tell all the same")
	kept := flag.Duration("storage_duration", 2*time.Minute, "how long samples are kept")
	showVersion := flag.Bool("version", false, "print the version")
	flag.Parse()
	if *showVersion {
		fmt.Println(version.Version)
		return
	}

	containers, err := manager.New(memory.New(*kept, nil), sysfs.NewRealSysFs(),
		manager.HousekeepingConfigFlags, enabled, []string{""}, []string{""}, "", 0)
	if err != nil {
		log.Fatal(err)
	}
	labelsOf := metrics.DefaultContainerLabels
	if !*allLabels {
		labelsOf = metrics.BaseContainerLabels(strings.Split(*labels, ","))
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		metrics.NewPrometheusCollector(containers, labelsOf, enabled, clock.RealClock{},
			info.RequestOptions{IdType: info.TypeName, Count: 1, Recursive: true}),
		metrics.NewPrometheusMachineCollector(containers, enabled),
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	if err := containers.Start(); err != nil {
		log.Fatal(err)
	}
	http.Handle("/metrics", promhttp.HandlerFor(registry,
		promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}))
	http.HandleFunc("/healthz", func(answer http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(answer, "ok")
	})
	log.Fatal(http.ListenAndServe(fmt.Sprintf("%s:%d", *address, *port), nil))
}
