// Prints random valid PromQL expressions, one JSON string in each line: promqlsmith <seed> <count>.
package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"sort"
	"strconv"

	"github.com/cortexproject/promqlsmith"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

var version string

var series = []labels.Labels{
	labels.FromStrings("__name__", "up", "job", "kubelet", "instance", "10.0.0.1:10250", "node", "a"),
	labels.FromStrings("__name__", "http_requests_total", "job", "shop", "code", "200", "path", "/a b\"c"),
	labels.FromStrings("__name__", "http_request_seconds_bucket", "job", "shop", "le", "0.5"),
	labels.FromStrings("__name__", "node:cpu:rate5m", "node", "a", "mode", "idle"),
}

func main() {
	if len(os.Args) == 2 {
		fmt.Println("promqlsmith", version)
		return
	}
	seed, _ := strconv.ParseInt(os.Args[1], 10, 64)
	count, _ := strconv.Atoi(os.Args[2])
	smith := promqlsmith.New(
		rand.New(rand.NewSource(seed)),
		series,
		promqlsmith.WithEnableOffset(true),
		promqlsmith.WithEnableAtModifier(true),
		promqlsmith.WithAtModifierMaxTimestamp(1800000000000),
		promqlsmith.WithEnableVectorMatching(true),
		promqlsmith.WithEnabledFunctions(stable()),
	)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for range count {
		_ = out.Encode(smith.WalkInstantQuery().String())
	}
}

// Sorted, because the order of Go's maps is random.
func stable() []*parser.Function {
	var all []*parser.Function
	for name, function := range parser.Functions {
		if !function.Experimental && name != "holt_winters" {
			all = append(all, function)
		}
	}
	sort.Slice(all, func(a, b int) bool { return all[a].Name < all[b].Name })
	return all
}
