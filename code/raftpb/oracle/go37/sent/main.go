// Prints what raft.go itself makes: the messages of a first election, of its leader's first
// entry and of a heartbeat to a follower that has not answered yet, and the members after a
// change. These are the bytes of Golden.WhatRaftGoSendsDiffersInZerosThatItSets:
//
//	cd code/raftpb/oracle/go37 && go mod tidy && go run ./sent
package main

import (
	"fmt"
	"io"
	"log"

	"google.golang.org/protobuf/proto"

	"go.etcd.io/raft/v3"
	pb "go.etcd.io/raft/v3/raftpb"
)

// A disk that knows the members from its beginning.
type disk struct{ *raft.MemoryStorage }

func (disk) InitialState() (*pb.HardState, *pb.ConfState, error) {
	return &pb.HardState{}, &pb.ConfState{Voters: []uint64{1, 2}}, nil
}

type node struct {
	*raft.RawNode
	disk disk
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func show(name string, m proto.Message) {
	fmt.Printf("%-18s %x\n", name, must(proto.MarshalOptions{Deterministic: true}.Marshal(m)))
}

func start(id uint64) node {
	d := disk{raft.NewMemoryStorage()}
	return node{must(raft.NewRawNode(&raft.Config{
		ID: id, ElectionTick: 10, HeartbeatTick: 1, Storage: d, MaxSizePerMsg: 1 << 20,
		MaxInflightMsgs: 256, Logger: &raft.DefaultLogger{Logger: log.New(io.Discard, "", 0)},
	})), d}
}

// Carries out a node's Readies, shows what they send, and has the other node take it.
func serve(from, to node) {
	for from.HasReady() {
		rd := from.Ready()
		check(from.disk.Append(rd.Entries))
		for _, m := range rd.Messages {
			show(m.GetType().String(), m)
			check(to.Step(m))
		}
		from.Advance(rd)
	}
}

func main() {
	one, two := start(1), start(2)
	check(one.Campaign())
	serve(one, two) // MsgVote
	serve(two, one) // MsgVoteResp
	one.Tick()
	serve(one, two) // MsgApp, MsgHeartbeat
	serve(two, one) // MsgHeartbeatResp, MsgAppResp
	learner := &pb.ConfChange{Type: pb.ConfChangeAddLearnerNode.Enum(), NodeId: proto.Uint64(3)}
	show("ConfState", one.ApplyConfChange(learner))
}
