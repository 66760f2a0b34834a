// Plays scenario files with etcd's own raft and writes what it says below each directive.
//
// The files are played one after the other and rewritten in place, each in an environment of its
// own. A directive that etcd can't survive ends its file: the output is one line, `fatal: why`. So
// does one after which a follower would need a snapshot, `beyond: why`: they are a later chapter's.
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	"github.com/cockroachdb/datadriven"
	"go.etcd.io/raft/v3"
	"go.etcd.io/raft/v3/rafttest"
)

func main() {
	raft.SetLogger(&raft.DefaultLogger{Logger: log.New(io.Discard, "", 0)})
	for _, path := range os.Args[1:] {
		text, err := os.ReadFile(path)
		if err == nil {
			err = os.WriteFile(path, []byte(play(string(text))), 0o644)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func play(text string) string {
	env := rafttest.NewInteractionEnv(&rafttest.InteractionOpts{
		SetRandomizedElectionTimeout: pin,
	})
	var out strings.Builder
	for _, d := range directives(text) {
		said, alive := handle(env, d)
		fmt.Fprintf(&out, "%s\n----\n%s\n\n", strings.Join(d, "\n"), strings.TrimRight(said, "\n"))
		if !alive {
			break
		}
	}
	return out.String()
}

// directives returns the lines of each directive, its input included, its expectation left out.
func directives(text string) [][]string {
	var all [][]string
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		if lines[i] == "" || strings.HasPrefix(lines[i], "#") {
			continue
		}
		var d []string
		for ; i < len(lines) && lines[i] != "----"; i++ {
			d = append(d, lines[i])
		}
		for ; i < len(lines) && lines[i] != ""; i++ {
		}
		all = append(all, d)
	}
	return all
}

// handle runs one directive where a panic, or testing's Fatal, ends the directive only.
func handle(env *rafttest.InteractionEnv, d []string) (said string, alive bool) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		said = "fatal: the test harness refuses this directive"
		defer func() {
			if r := recover(); r != nil {
				said = fmt.Sprintf("fatal: %v", r)
			}
		}()
		cmd, args, err := datadriven.ParseLine(d[0])
		if err != nil {
			panic(err)
		}
		if cmd == "compact" {
			if why := beyond(env, args); why != "" {
				said = "beyond: " + why
				return
			}
		}
		said = env.Handle(&testing.T{}, datadriven.TestData{
			Cmd: cmd, CmdArgs: args, Input: strings.Join(d[1:], "\n")})
		alive = true
	}()
	<-done
	return said, alive
}

// beyond says why a compaction goes too far.
func beyond(env *rafttest.InteractionEnv, args []datadriven.CmdArg) string {
	id, _ := strconv.Atoi(args[0].Key)
	index, _ := strconv.ParseUint(args[1].Key, 10, 64)
	node := env.Nodes[id-1]
	status := node.Status()
	if index > status.Applied {
		return "it is not applied"
	}
	if first, _ := node.FirstIndex(); index < first {
		return ""
	}
	for follower, progress := range status.Progress {
		if follower != uint64(id) && progress.Next <= index {
			return fmt.Sprintf("node %d needs entry %d", follower, progress.Next)
		}
	}
	return ""
}

// pin sets a node's election timeout. The library keeps it to itself, and its own test reaches it
// from inside the package.
func pin(node *raft.RawNode, timeout int) {
	inner := reflect.ValueOf(node).Elem().FieldByName("raft").Elem()
	field := inner.FieldByName("randomizedElectionTimeout")
	*(*int)(unsafe.Pointer(field.UnsafeAddr())) = timeout
}
