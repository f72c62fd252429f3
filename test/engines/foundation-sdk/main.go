// Command foundation-sdk decodes Grafana dashboards strictly, with the types of Grafana's foundation
// SDK, and validates them. Each argument is a JSON file; it prints one line for each fault.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

var version string

func main() {
	if len(os.Args) == 2 && os.Args[1] == "--version" {
		fmt.Println("foundation-sdk", version)
		return
	}
	plugins.RegisterDefaultPlugins()
	failed := false
	for _, name := range os.Args[1:] {
		if err := judge(name); err != nil {
			failed = true
			fmt.Printf("%s: %s\n", name, err)
		}
	}
	if failed {
		os.Exit(1)
	}
	fmt.Printf("%d dashboards\n", len(os.Args)-1)
}

func judge(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var decoded dashboard.Dashboard
	if err := faultsOf(decoded.UnmarshalJSONStrict(text)); err != nil {
		return err
	}
	return faultsOf(decoded.Validate())
}

// The SDK returns an empty list of faults as an error that is not nil.
func faultsOf(err error) error {
	var faults cog.BuildErrors
	if errors.As(err, &faults) && len(faults) == 0 {
		return nil
	}
	return err
}
