// Prints the golden bytes of golden_test.cpp as etcd up to v3.6 writes them:
//
//	cd code/raftpb/oracle/go36 && go mod tidy && go run .
package main

import (
	"fmt"

	pb "go.etcd.io/raft/v3/raftpb"
)

type marshaler interface{ Marshal() ([]byte, error) }

func show(name string, m marshaler) {
	bytes, err := m.Marshal()
	if err != nil {
		panic(err)
	}
	fmt.Printf("%-12s %x\n", name, bytes)
}

func main() {
	conf := pb.ConfState{Voters: []uint64{1, 2, 3}, Learners: []uint64{300}}
	snapshot := pb.Snapshot{
		Data:     []byte("state"),
		Metadata: pb.SnapshotMetadata{ConfState: conf, Index: 11, Term: 2},
	}
	show("empty", &pb.Message{})
	show("heartbeat", &pb.Message{Type: pb.MsgHeartbeat, To: 2, From: 1, Term: 5, Commit: 7})
	show("append", &pb.Message{
		Type: pb.MsgApp, To: 2, From: 1, Term: 5, LogTerm: 4, Index: 300, Commit: 299,
		Entries: []pb.Entry{
			{Term: 5, Index: 301},
			{Term: 5, Index: 302, Data: []byte("color=blue")},
			{Type: pb.EntryConfChangeV2, Term: 5, Index: 303},
		},
	})
	show("reject", &pb.Message{
		Type: pb.MsgAppResp, To: 1, From: 2, Term: 5, LogTerm: 3, Index: 300, Reject: true, RejectHint: 280,
	})
	show("snapshot", &pb.Message{Type: pb.MsgSnap, To: 3, From: 1, Term: 5, Snapshot: &snapshot})
	show("vote", &pb.Message{
		Type: pb.MsgVote, To: 3, From: 1<<64 - 1, Term: 6, LogTerm: 5, Index: 303, Context: []byte("CampaignTransfer"),
	})
	show("responses", &pb.Message{
		Type: pb.MsgStorageAppend, To: 1<<64 - 1, From: 2, Term: 6, Vote: 1, Commit: 7,
		Responses: []pb.Message{{Type: pb.MsgAppResp, To: 1, From: 2, Term: 6, Index: 303}},
	})
	show("entry", &pb.Entry{Term: 1, Index: 128, Data: []byte{0, 255}})
	show("hardstate", &pb.HardState{Term: 5, Vote: 2, Commit: 299})
	show("snap", &snapshot)
	show("confstate", &pb.ConfState{
		Voters: []uint64{1, 2, 3}, VotersOutgoing: []uint64{1, 2}, LearnersNext: []uint64{4}, AutoLeave: true,
	})
	show("change", &pb.ConfChange{ID: 9, Type: pb.ConfChangeRemoveNode, NodeID: 3, Context: []byte("why")})
	show("changes", &pb.ConfChangeV2{
		Transition: pb.ConfChangeTransitionJointExplicit,
		Changes: []pb.ConfChangeSingle{
			{Type: pb.ConfChangeAddNode, NodeID: 4},
			{Type: pb.ConfChangeAddLearnerNode, NodeID: 5},
		},
	})
	show("leave", &pb.ConfChangeV2{})
}
