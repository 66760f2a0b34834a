// The front door in Go: the same doors, the same select and the same raft of one as node_bench.cpp,
// with a goroutine where that one has a thread.
//
// It is a peer for the cost of the passages between goroutines, not a second Raft: the log is a
// count of the entries that were appended, written and applied.
package bench

import (
	"fmt"
	"sync"
	"testing"
)

type proposal struct {
	data   []byte
	result chan error
}

// A Ready of a raft of one: the entries to write, and how far to apply.
type ready struct {
	entries [][]byte
	commit  int
}

type goNode struct {
	propc    chan proposal
	recvc    chan []byte
	readyc   chan *ready
	advancec chan struct{}
	tickc    chan struct{}
	status   chan chan int
	stop     chan struct{}
	done     chan struct{}
}

func startGoNode() *goNode {
	n := &goNode{
		propc: make(chan proposal), recvc: make(chan []byte), readyc: make(chan *ready),
		advancec: make(chan struct{}), tickc: make(chan struct{}, 128),
		status: make(chan chan int), stop: make(chan struct{}), done: make(chan struct{}),
	}
	go n.run()
	return n
}

func (n *goNode) run() {
	var readyc chan *ready
	var advancec chan struct{}
	var rd *ready
	var unwritten [][]byte
	written, commit, applied := 0, 0, 0
	for {
		if advancec == nil && (len(unwritten) > 0 || applied < commit) {
			rd = &ready{entries: append([][]byte(nil), unwritten...), commit: commit}
			readyc = n.readyc
		}
		select {
		case p := <-n.propc:
			unwritten = append(unwritten, p.data)
			if p.result != nil {
				p.result <- nil
			}
		case <-n.recvc:
		case <-n.tickc:
		case readyc <- rd:
			unwritten = unwritten[len(rd.entries):]
			readyc, advancec = nil, n.advancec
		case <-advancec:
			written += len(rd.entries)
			commit, applied = written, rd.commit
			rd, advancec = nil, nil
		case reply := <-n.status:
			reply <- commit
		case <-n.stop:
			close(n.done)
			return
		}
	}
}

func (n *goNode) propose(cancelled <-chan struct{}, data []byte) bool {
	result := make(chan error, 1)
	select {
	case n.propc <- proposal{data, result}:
	case <-cancelled:
		return false
	case <-n.done:
		return false
	}
	select {
	case err := <-result:
		return err == nil
	case <-cancelled:
		return false
	case <-n.done:
		return false
	}
}

// The application: takes what it is given, and applies to nothing.
func (n *goNode) apply() {
	for {
		select {
		case <-n.readyc:
			select {
			case n.advancec <- struct{}{}:
			case <-n.done:
				return
			}
		case <-n.done:
			return
		}
	}
}

func BenchmarkFrontDoorEndToEnd(b *testing.B) {
	for _, proposers := range []int{1, 4} {
		b.Run(fmt.Sprintf("proposers:%d", proposers), func(b *testing.B) {
			n := startGoNode()
			go n.apply()
			data := make([]byte, 128)
			defer start(b)()
			var wg sync.WaitGroup
			for p := 0; p < proposers; p++ {
				each := b.N / proposers
				if p < b.N%proposers {
					each++
				}
				wg.Add(1)
				go func() {
					defer wg.Done()
					for i := 0; i < each; i++ {
						if !n.propose(nil, data) {
							b.Error("a proposal was refused")
						}
					}
				}()
			}
			wg.Wait()
			b.StopTimer()
			n.stop <- struct{}{}
			<-n.done
		})
	}
}
