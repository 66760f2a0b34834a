// Whole clusters of etcd's raft in one goroutine, by the rules at the head of raft_bench.cpp.
package raft

import (
	"fmt"
	"io"
	"log"
	"math"
	"runtime"
	"syscall"
	"testing"

	"go.etcd.io/raft/v3"
	pb "go.etcd.io/raft/v3/raftpb"
)

const (
	payload     = 128
	compactEach = 8192
	keep        = 1024
)

var silent = &raft.DefaultLogger{Logger: log.New(io.Discard, "", 0)}

type replica struct {
	node               *raft.RawNode
	storage            *raft.MemoryStorage
	applied, compacted uint64
	proposals, sum     int
}

type cluster struct {
	replicas   []*replica
	onTheirWay []*pb.Message
}

func newCluster(b *testing.B, size int) *cluster {
	raft.SetLogger(silent)
	c := &cluster{}
	voters := make([]uint64, size)
	for i := range voters {
		voters[i] = uint64(i + 1)
	}
	for _, id := range voters {
		storage := raft.NewMemoryStorage()
		snapshot := &pb.Snapshot{Metadata: &pb.SnapshotMetadata{Index: new(uint64(1)),
			Term: new(uint64(1)), ConfState: &pb.ConfState{Voters: voters}}}
		if err := storage.ApplySnapshot(snapshot); err != nil {
			b.Fatal(err)
		}
		node, err := raft.NewRawNode(&raft.Config{ID: id, ElectionTick: 10, HeartbeatTick: 1,
			Storage: storage, Applied: 1, MaxSizePerMsg: 1 << 20, MaxInflightMsgs: 256,
			MaxUncommittedEntriesSize: math.MaxUint64, Logger: silent})
		if err != nil {
			b.Fatal(err)
		}
		c.replicas = append(c.replicas, &replica{node: node, storage: storage, compacted: 1})
	}
	if err := c.replicas[0].node.Campaign(); err != nil {
		b.Fatal(err)
	}
	c.pump()
	return c
}

// pump goes on until nobody has anything to say.
func (c *cluster) pump() {
	for busy := true; busy || len(c.onTheirWay) > 0; {
		busy = false
		c.onTheirWay = c.onTheirWay[:0]
		for _, r := range c.replicas {
			if r.node.HasReady() {
				busy = true
				c.serve(r)
			}
		}
		for _, m := range c.onTheirWay {
			c.replicas[m.GetTo()-1].node.Step(m)
		}
	}
}

func (c *cluster) serve(r *replica) {
	rd := r.node.Ready()
	if !raft.IsEmptyHardState(rd.HardState) {
		r.storage.SetHardState(rd.HardState)
	}
	r.storage.Append(rd.Entries)
	c.onTheirWay = append(c.onTheirWay, rd.Messages...)
	for _, e := range rd.CommittedEntries {
		r.applied = e.GetIndex()
		if len(e.Data) > 0 {
			r.proposals++
			r.sum += int(e.Data[0])
		}
	}
	r.node.Advance(rd)
	if r.applied > r.compacted+compactEach {
		r.compacted = r.applied
		r.storage.Compact(r.applied - keep)
	}
}

// cpu is what the process has used, its garbage collector included.
func cpu() float64 {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Nano() + u.Stime.Nano())
}

func run(b *testing.B, size, batch int, propose func(*raft.RawNode, []byte, int) error) {
	c := newCluster(b, size)
	data := make([]byte, payload)
	data[0] = 'x'
	b.ReportAllocs()
	runtime.GC()
	b.ResetTimer()
	before := cpu()
	for done := 0; done < b.N; {
		some := min(batch, b.N-done)
		if err := propose(c.replicas[0].node, data, some); err != nil {
			b.Fatal(err)
		}
		c.pump()
		done += some
	}
	b.StopTimer()
	b.ReportMetric((cpu()-before)/float64(b.N), "cpu-ns/op")
	for _, r := range c.replicas {
		if r.proposals != b.N {
			b.Fatalf("%d of %d proposals are applied", r.proposals, b.N)
		}
	}
}

func BenchmarkProposals(b *testing.B) {
	for _, size := range []int{1, 3, 5} {
		for _, batch := range []int{1, 64} {
			b.Run(fmt.Sprintf("replicas:%d/batch:%d", size, batch), func(b *testing.B) {
				run(b, size, batch, func(n *raft.RawNode, data []byte, count int) error {
					for range count {
						if err := n.Propose(data); err != nil {
							return err
						}
					}
					return nil
				})
			})
		}
	}
}

func BenchmarkOneMsgProp(b *testing.B) {
	for _, size := range []int{1, 3, 5} {
		b.Run(fmt.Sprintf("replicas:%d/batch:64", size), func(b *testing.B) {
			run(b, size, 64, func(n *raft.RawNode, data []byte, count int) error {
				entries := make([]*pb.Entry, count)
				for i := range entries {
					entries[i] = &pb.Entry{Data: data}
				}
				return n.Step(&pb.Message{Type: pb.MsgProp.Enum(), From: new(uint64(1)),
					Entries: entries})
			})
		})
	}
}
