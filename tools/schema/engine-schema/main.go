// Command engine-schema prints the schema of an engine's configuration file as JSON: the fields of the
// Go types of the file, from the sources of its modules. It does not compile them, because the cloud
// clients of Prometheus take minutes.
//
//	go run -C tools/schema/engine-schema . <folder with the go.mod of the engine> <package>.<Type> …
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

func main() {
	found := &schema{
		source:  &source{folder: os.Args[1], packages: map[string]*pkg{}},
		structs: map[string][]field{},
		enums:   map[string][]string{},
		paths:   map[string]string{},
	}
	for _, root := range os.Args[2:] {
		at := strings.LastIndex(root, ".")
		found.named(found.source.load(root[:at]), root[at+1:])
	}
	fmt.Print(found.text())
}

// text has a line for each type, so that a diff of two releases is readable.
func (s *schema) text() string {
	lines := []string{}
	defaults := []string{}
	for id, fields := range s.structs {
		types := []string{}
		values := []string{}
		for _, one := range fields {
			types = append(types, quoted(one.key)+":"+quoted(one.is))
			if one.value != nil {
				values = append(values, quoted(one.key)+":"+quoted(one.value))
			}
		}
		lines = append(lines, quoted(id)+":{"+strings.Join(types, ",")+"}")
		if len(values) > 0 {
			defaults = append(defaults, quoted(id)+":{"+strings.Join(values, ",")+"}")
		}
	}
	for id, values := range s.enums {
		lines = append(lines, quoted(id)+":"+quoted(values))
	}
	return fmt.Sprintf("{\"types\":{\n%s\n},\n\"defaults\":{\n%s\n}}\n", sorted(lines), sorted(defaults))
}

func sorted(lines []string) string {
	slices.Sort(lines)
	return strings.Join(lines, ",\n")
}

func quoted(value any) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	check(encoder.Encode(value))
	return strings.TrimSpace(text.String())
}
