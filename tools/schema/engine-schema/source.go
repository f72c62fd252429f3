package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// source reads the packages of an engine's modules, without compiling them.
type source struct {
	// folder has the go.mod that pins the engine.
	folder   string
	packages map[string]*pkg
}

// pkg is a parsed package.
type pkg struct {
	path    string
	name    string
	types   map[string]named
	methods map[string]map[string]*ast.FuncDecl
	funcs   map[string]*ast.FuncDecl
	// values are the constants and variables with one value each.
	values map[string]value
	// enums are the values of the constants and variables of a type, in their order.
	enums map[string][]ast.Expr
	// imports are the paths that its files import.
	imports []string
	// registrations are its calls of discovery.RegisterConfig.
	registrations []*ast.CallExpr
}

type named struct {
	spec *ast.TypeSpec
	file *ast.File
}

type value struct {
	expr ast.Expr
	file *ast.File
}

// load parses the package of an import path; nil for packages of the standard library.
func (s *source) load(path string) *pkg {
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return nil
	}
	if loaded, ok := s.packages[path]; ok {
		return loaded
	}
	command := exec.Command("go", "list", "-find", "-f", "{{.Dir}}", path)
	command.Dir = s.folder
	command.Env = append(os.Environ(), "GOWORK=off")
	command.Stderr = os.Stderr
	output, err := command.Output()
	check(err)
	folder := strings.TrimSpace(string(output))
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	check(err)
	loaded := &pkg{
		path:    path,
		types:   map[string]named{},
		methods: map[string]map[string]*ast.FuncDecl{},
		funcs:   map[string]*ast.FuncDecl{},
		values:  map[string]value{},
		enums:   map[string][]ast.Expr{},
	}
	for _, file := range files {
		if !strings.HasSuffix(file, "_test.go") {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			check(err)
			loaded.add(parsed)
		}
	}
	s.packages[path] = loaded
	return loaded
}

func (p *pkg) add(file *ast.File) {
	p.name = file.Name.Name
	for _, spec := range file.Imports {
		p.imports = append(p.imports, strings.Trim(spec.Path.Value, `"`))
	}
	ast.Inspect(file, func(node ast.Node) bool {
		if call, ok := node.(*ast.CallExpr); ok {
			if called, ok := call.Fun.(*ast.SelectorExpr); ok && called.Sel.Name == "RegisterConfig" {
				p.registrations = append(p.registrations, call)
			}
		}
		return true
	})
	for _, declaration := range file.Decls {
		switch declared := declaration.(type) {
		case *ast.FuncDecl:
			if declared.Recv == nil {
				p.funcs[declared.Name.Name] = declared
				continue
			}
			of := receiverOf(declared)
			if p.methods[of] == nil {
				p.methods[of] = map[string]*ast.FuncDecl{}
			}
			p.methods[of][declared.Name.Name] = declared
		case *ast.GenDecl:
			for _, spec := range declared.Specs {
				switch one := spec.(type) {
				case *ast.TypeSpec:
					p.types[one.Name.Name] = named{one, file}
				case *ast.ValueSpec:
					p.addValues(one, file)
				}
			}
		}
	}
}

func (p *pkg) addValues(spec *ast.ValueSpec, file *ast.File) {
	for index, name := range spec.Names {
		if index >= len(spec.Values) {
			return
		}
		p.values[name.Name] = value{spec.Values[index], file}
		if of, ok := spec.Type.(*ast.Ident); ok {
			p.enums[of.Name] = append(p.enums[of.Name], spec.Values[index])
		}
	}
}

func receiverOf(method *ast.FuncDecl) string {
	of := method.Recv.List[0].Type
	if pointer, ok := of.(*ast.StarExpr); ok {
		of = pointer.X
	}
	if name, ok := of.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// imported is the import path of a name in a file.
func (s *source) imported(file *ast.File, name string) string {
	for _, spec := range file.Imports {
		path := strings.Trim(spec.Path.Value, `"`)
		if spec.Name != nil && spec.Name.Name == name {
			return path
		}
		if spec.Name == nil && (filepath.Base(path) == name || isVersionOf(path, name)) {
			return path
		}
	}
	panic(fmt.Sprintf("no import is called %s", name))
}

func isVersionOf(path, name string) bool {
	return strings.HasPrefix(filepath.Base(path), "v") && filepath.Base(filepath.Dir(path)) == name
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
