package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// textsOf are the texts of the constants and variables that are declared with a type.
func (p *pkg) textsOf(name string) []string {
	texts := []string{}
	for _, expr := range p.enums[name] {
		if text, ok := textOf(expr); ok && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
}

func textOf(expr ast.Expr) (string, bool) {
	literal, ok := expr.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(literal.Value)
	return text, err == nil
}

// defaultsOf are the values of a type's fields before its method UnmarshalYAML reads a file.
func (s *source) defaultsOf(p *pkg, name string) map[string]any {
	defaults := map[string]any{}
	method := p.methods[name]["UnmarshalYAML"]
	if method == nil {
		return defaults
	}
	ast.Inspect(method, func(node ast.Node) bool {
		assignment, ok := node.(*ast.AssignStmt)
		if !ok {
			return true
		}
		if _, ok := assignment.Lhs[0].(*ast.StarExpr); ok {
			p.collect(assignment.Rhs[0], defaults)
			return false
		}
		return true
	})
	return defaults
}

func (p *pkg) collect(expr ast.Expr, into map[string]any) {
	switch of := expr.(type) {
	case *ast.Ident:
		if variable, ok := p.values[of.Name]; ok {
			p.collect(variable.expr, into)
		}
	case *ast.CallExpr:
		if name, ok := of.Fun.(*ast.Ident); ok && p.funcs[name.Name] != nil {
			body := p.funcs[name.Name].Body.List
			if last, ok := body[len(body)-1].(*ast.ReturnStmt); ok {
				p.collect(last.Results[0], into)
			}
		}
	case *ast.CompositeLit:
		for _, element := range of.Elts {
			if pair, ok := element.(*ast.KeyValueExpr); ok {
				if value := p.valueOf(pair.Value); value != nil {
					into[pair.Key.(*ast.Ident).Name] = value
				}
			}
		}
	}
}

// valueOf is a value that can be written in a file; nil for other values.
func (p *pkg) valueOf(expr ast.Expr) any {
	switch of := expr.(type) {
	case *ast.BasicLit:
		if text, ok := textOf(of); ok {
			return text
		}
		if number, err := strconv.ParseFloat(of.Value, 64); err == nil {
			return number
		}
	case *ast.Ident:
		if of.Name == "true" || of.Name == "false" {
			return of.Name == "true"
		}
		if constant, ok := p.values[of.Name]; ok {
			return p.valueOf(constant.expr)
		}
	case *ast.BinaryExpr:
		return durationOf(of)
	case *ast.CallExpr:
		// A conversion of the inner value to a duration, a URL or a regular expression.
		if len(of.Args) == 1 {
			return p.valueOf(of.Args[0])
		}
	}
	return nil
}

var units = map[string]string{
	"Hour": "h", "Minute": "m", "Second": "s", "Millisecond": "ms",
}

func durationOf(product *ast.BinaryExpr) any {
	number, isNumber := product.X.(*ast.BasicLit)
	unit, isUnit := product.Y.(*ast.SelectorExpr)
	if product.Op != token.MUL || !isNumber || !isUnit || units[unit.Sel.Name] == "" {
		return nil
	}
	return number.Value + units[unit.Sel.Name]
}

type registration struct{ name, of string }

// registered are the service discoveries that a package registers, with their names.
func (p *pkg) registered() []registration {
	found := []registration{}
	for _, call := range p.registrations {
		of := call.Args[0].(*ast.UnaryExpr).X.(*ast.CompositeLit).Type.(*ast.Ident).Name
		body := p.methods[of]["Name"].Body.List
		name := p.valueOf(body[0].(*ast.ReturnStmt).Results[0])
		found = append(found, registration{fmt.Sprint(name), of})
	}
	slices.SortFunc(found, func(a, b registration) int { return strings.Compare(a.name, b.name) })
	return found
}
