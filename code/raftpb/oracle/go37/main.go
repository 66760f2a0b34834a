// Prints the golden bytes of golden_test.cpp as etcd from v3.7 on writes them. A field is
// set where go36 sets it, and nowhere else:
//
//	cd code/raftpb/oracle/go37 && go mod tidy && go run .
package main

import (
	"fmt"

	"google.golang.org/protobuf/proto"

	pb "go.etcd.io/raft/v3/raftpb"
)

func show(name string, m proto.Message) {
	bytes, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%-12s %x\n", name, bytes)
}

func n(value uint64) *uint64 { return &value }
func yes() *bool             { return proto.Bool(true) }

func main() {
	conf := &pb.ConfState{Voters: []uint64{1, 2, 3}, Learners: []uint64{300}}
	snapshot := &pb.Snapshot{
		Data:     []byte("state"),
		Metadata: &pb.SnapshotMetadata{ConfState: conf, Index: n(11), Term: n(2)},
	}
	show("empty", &pb.Message{})
	show("heartbeat", &pb.Message{Type: pb.MsgHeartbeat.Enum(), To: n(2), From: n(1), Term: n(5), Commit: n(7)})
	show("append", &pb.Message{
		Type: pb.MsgApp.Enum(), To: n(2), From: n(1), Term: n(5), LogTerm: n(4), Index: n(300), Commit: n(299),
		Entries: []*pb.Entry{
			{Term: n(5), Index: n(301)},
			{Term: n(5), Index: n(302), Data: []byte("color=blue")},
			{Type: pb.EntryConfChangeV2.Enum(), Term: n(5), Index: n(303)},
		},
	})
	show("reject", &pb.Message{
		Type: pb.MsgAppResp.Enum(), To: n(1), From: n(2), Term: n(5), LogTerm: n(3), Index: n(300),
		Reject: yes(), RejectHint: n(280),
	})
	show("snapshot", &pb.Message{Type: pb.MsgSnap.Enum(), To: n(3), From: n(1), Term: n(5), Snapshot: snapshot})
	show("vote", &pb.Message{
		Type: pb.MsgVote.Enum(), To: n(3), From: n(1<<64 - 1), Term: n(6), LogTerm: n(5), Index: n(303),
		Context: []byte("CampaignTransfer"),
	})
	show("responses", &pb.Message{
		Type: pb.MsgStorageAppend.Enum(), To: n(1<<64 - 1), From: n(2), Term: n(6), Vote: n(1), Commit: n(7),
		Responses: []*pb.Message{{Type: pb.MsgAppResp.Enum(), To: n(1), From: n(2), Term: n(6), Index: n(303)}},
	})
	show("entry", &pb.Entry{Term: n(1), Index: n(128), Data: []byte{0, 255}})
	show("hardstate", &pb.HardState{Term: n(5), Vote: n(2), Commit: n(299)})
	show("snap", snapshot)
	show("confstate", &pb.ConfState{
		Voters: []uint64{1, 2, 3}, VotersOutgoing: []uint64{1, 2}, LearnersNext: []uint64{4}, AutoLeave: yes(),
	})
	show("change", &pb.ConfChange{Id: n(9), Type: pb.ConfChangeRemoveNode.Enum(), NodeId: n(3), Context: []byte("why")})
	show("changes", &pb.ConfChangeV2{
		Transition: pb.ConfChangeTransitionJointExplicit.Enum(),
		Changes: []*pb.ConfChangeSingle{
			{NodeId: n(4)},
			{Type: pb.ConfChangeAddLearnerNode.Enum(), NodeId: n(5)},
		},
	})
	show("leave", &pb.ConfChangeV2{})
}
