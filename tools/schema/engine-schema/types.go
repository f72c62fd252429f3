package main

import (
	"fmt"
	"go/ast"
	"reflect"
	"slices"
	"strings"
)

// schema has the fields of an engine's configuration, by the names of Go types.
type schema struct {
	source *source
	// structs are the fields of a type in their order.
	structs map[string][]field
	enums   map[string][]string
	// paths distinguish two types with the same name.
	paths map[string]string
}

type field struct {
	// key is the key in the file; it starts with "..." for a type whose fields are inlined.
	key   string
	is    string
	value any
}

// Types of Go itself.
var standard = map[string]string{
	"time.Duration": "time.Duration",
	"url.Values":    "{}[]string",
}

var basic = map[string]string{
	"string": "string", "bool": "bool", "any": "any",
	"int": "int", "int64": "int", "int32": "int",
	"uint": "uint", "uint64": "uint", "uint32": "uint", "uint16": "uint",
	"float64": "float", "float32": "float",
}

// typeOf is a type in the notation of the data: "[]" precedes the elements of a list, "{}" those of a
// map, with the type of the keys if they are not plain text.
func (s *schema) typeOf(p *pkg, file *ast.File, expr ast.Expr) string {
	switch of := expr.(type) {
	case *ast.StarExpr:
		return s.typeOf(p, file, of.X)
	case *ast.ArrayType:
		return "[]" + s.typeOf(p, file, of.Elt)
	case *ast.MapType:
		key := s.typeOf(p, file, of.Key)
		if key == "string" {
			key = ""
		}
		return "{" + key + "}" + s.typeOf(p, file, of.Value)
	case *ast.InterfaceType:
		return "any"
	case *ast.Ident:
		if _, ok := p.types[of.Name]; !ok {
			return basic[of.Name]
		}
		return s.named(p, of.Name)
	case *ast.SelectorExpr:
		path := s.source.imported(file, of.X.(*ast.Ident).Name)
		if other := s.source.load(path); other != nil {
			return s.named(other, of.Sel.Name)
		}
		name := of.X.(*ast.Ident).Name + "." + of.Sel.Name
		if is, ok := standard[name]; ok {
			return is
		}
		panic("no type is known for " + name)
	}
	panic(fmt.Sprintf("no type is known for %T", expr))
}

func (s *schema) named(p *pkg, name string) string {
	declared := p.types[name]
	id := p.name + "." + name
	if id == "discovery.Configs" {
		s.addDiscoveries(p)
		return id
	}
	if other, ok := s.paths[id]; ok && other != p.path {
		panic("two types are called " + id)
	}
	s.paths[id] = p.path
	unmarshal := p.methods[name]["UnmarshalYAML"]
	inner, isStruct := declared.spec.Type.(*ast.StructType)
	if isStruct && (unmarshal == nil || reads(unmarshal, name)) {
		return s.addStruct(p, id, name, inner)
	}
	if as := p.structIn(unmarshal); as != nil {
		return s.addStruct(p, id, name, as)
	}
	if values := p.textsOf(name); len(values) > 0 {
		s.enums[id] = values
		return id
	}
	// A type that unmarshals itself has its own syntax, and a secret is a text that is not shown.
	readsItself := unmarshal != nil && !reads(unmarshal, name) || p.methods[name]["UnmarshalText"] != nil
	if isStruct || readsItself || strings.Contains(name, "Secret") {
		return id
	}
	return s.typeOf(p, declared.file, declared.spec.Type)
}

// reads is whether a method unmarshals the type by its fields, for which Go code uses a type with another name.
func reads(method *ast.FuncDecl, name string) bool {
	found := false
	ast.Inspect(method, func(node ast.Node) bool {
		if spec, ok := node.(*ast.TypeSpec); ok {
			if of, ok := spec.Type.(*ast.Ident); ok && of.Name == name {
				found = true
			}
		}
		if call, ok := node.(*ast.SelectorExpr); ok && call.Sel.Name == "UnmarshalYAMLWithInlineConfigs" {
			found = true
		}
		return !found
	})
	return found
}

// structIn is the other struct that a method unmarshals, if there is one.
func (p *pkg) structIn(method *ast.FuncDecl) *ast.StructType {
	var found *ast.StructType
	if method == nil {
		return nil
	}
	ast.Inspect(method, func(node ast.Node) bool {
		switch one := node.(type) {
		case *ast.StructType:
			found = one
		case *ast.ValueSpec:
			if name, ok := one.Type.(*ast.Ident); ok && p.types[name.Name].spec != nil {
				found, _ = p.types[name.Name].spec.Type.(*ast.StructType)
			}
		}
		return found == nil
	})
	return found
}

func (s *schema) addStruct(p *pkg, id, name string, of *ast.StructType) string {
	if _, ok := s.structs[id]; ok {
		return id
	}
	s.structs[id] = nil
	file := p.types[name].file
	defaults := s.source.defaultsOf(p, name)
	fields := []field{}
	isTagged := slices.ContainsFunc(of.Fields.List, func(one *ast.Field) bool { return tagOf(one) != "" })
	for _, one := range of.Fields.List {
		key, options, _ := strings.Cut(tagOf(one), ",")
		if !isTagged && len(one.Names) > 0 && one.Names[0].IsExported() {
			key = strings.ToLower(one.Names[0].Name)
		}
		if key+options == "" {
			continue
		}
		is := ""
		if key != "-" || isDiscovery(one.Type) {
			is = s.typeOf(p, file, one.Type)
		}
		switch {
		case isDiscovery(one.Type), strings.Contains(options, "inline"):
			if strings.HasPrefix(is, "{") {
				delete(s.structs, id)
				return is
			}
			fields = append(fields, field{key: "..." + is, is: is})
		case key != "" && key != "-":
			var given any
			if len(one.Names) > 0 {
				given = defaults[one.Names[0].Name]
			}
			fields = append(fields, field{key, is, given})
		}
	}
	s.structs[id] = fields
	return id
}

func tagOf(one *ast.Field) string {
	if one.Tag == nil {
		return ""
	}
	return reflect.StructTag(strings.Trim(one.Tag.Value, "`")).Get("yaml")
}

func isDiscovery(expr ast.Expr) bool {
	selector, ok := expr.(*ast.SelectorExpr)
	return ok && selector.X.(*ast.Ident).Name == "discovery" && selector.Sel.Name == "Configs"
}

// addDiscoveries adds the service discoveries, which register themselves when they are imported.
func (s *schema) addDiscoveries(p *pkg) {
	const id = "discovery.Configs"
	if _, ok := s.structs[id]; ok {
		return
	}
	s.structs[id] = nil
	group := s.named(s.source.load(p.path+"/targetgroup"), "Group")
	fields := []field{{key: "static_configs", is: "[]" + group}}
	install := s.source.load(p.path + "/install")
	for _, path := range install.imports {
		for _, one := range s.source.load(path).registered() {
			is := s.named(s.source.load(path), one.of)
			fields = append(fields, field{key: one.name + "_sd_configs", is: "[]" + is})
		}
	}
	s.structs[id] = fields
}
