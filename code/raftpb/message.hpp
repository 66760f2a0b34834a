// The words that nodes speak: one Message, twenty-four types of it.
//
// A Message is a plain aggregate. Every type uses some of its fields and leaves the
// others at zero, so there is one struct to send, to log and to compare, and no class
// hierarchy. Names and numbers are those of etcd's raft.proto: a number is for ever,
// because nodes of different versions must read each other. So a type may be one that we
// have no name for: an enumeration is as wide as on the wire, and holds any number.
//
// A field comes with the stage that needs it. Tested by raftpb/message_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>
#if STAGE >= MESSAGES
#include <memory>

#include "base/bytes.hpp"
#endif

namespace raftpb {

using NodeId = std::uint64_t;  ///< names a node; 0 names nobody
using Term = std::uint64_t;    ///< counts elections; the paper's logical clock (§5.1)
using Index = std::uint64_t;   ///< a place in the log; the first entry is at 1

/// What a message is about. "Local" types never travel between nodes: see
/// raft::isLocalMsg.
enum class MessageType : std::int32_t {
  MsgHup = 0,                 ///< local: campaign now
  MsgBeat = 1,                ///< local: the leader's time to send heartbeats
  MsgProp = 2,                ///< please append these entries
  MsgApp = 3,                 ///< the leader's entries for a follower
  MsgAppResp = 4,             ///< ... taken or refused
  MsgVote = 5,                ///< a candidate asks for a vote
  MsgVoteResp = 6,            ///< ... given or refused
  MsgSnap = 7,                ///< a whole snapshot, for a follower too far behind
  MsgHeartbeat = 8,           ///< the leader is alive
  MsgHeartbeatResp = 9,       ///< ... and was heard
  MsgUnreachable = 10,        ///< local: the transport could not reach a node
  MsgSnapStatus = 11,         ///< local: how sending a snapshot ended
  MsgCheckQuorum = 12,        ///< local: has the leader heard from a majority lately?
  MsgTransferLeader = 13,     ///< hand leadership to another node
  MsgTimeoutNow = 14,         ///< ... which is to campaign at once
  MsgReadIndex = 15,          ///< from which index on is a read up to date?
  MsgReadIndexResp = 16,      ///< ... from this one
  MsgPreVote = 17,            ///< would you vote for me, if I asked?
  MsgPreVoteResp = 18,        ///< ... yes or no
  MsgStorageAppend = 19,      ///< local: to the thread that writes the log
  MsgStorageAppendResp = 20,  ///< local: ... written
  MsgStorageApply = 21,       ///< local: to the thread that applies entries
  MsgStorageApplyResp = 22,   ///< local: ... applied
  MsgForgetLeader = 23,       ///< a follower is to forget who leads
};

/// The type's name as etcd writes it, "MsgHup"; of a type that is not in the list, its
/// number.
std::string name(MessageType type);

/// What an entry's data is for.
enum class EntryType : std::int32_t {
  EntryNormal = 0,        ///< the application's; empty ones are the leader's own
  EntryConfChange = 1,    ///< changes one member
  EntryConfChangeV2 = 2,  ///< changes several at once
};

/// One place in the log. Whoever proposes sets the data; the leader sets term and index.
struct Entry {
  EntryType type = EntryType::EntryNormal;
  Term term = 0;
  Index index = 0;
#if STAGE >= MESSAGES
  base::Bytes data = {};  ///< shared, not copied; Raft never looks inside
#else
  std::string data = {};  ///< bytes; Raft never looks inside
#endif

  bool operator==(const Entry&) const = default;
};

#if STAGE >= MESSAGES
/// The type's name as etcd writes it, "EntryNormal", or its number.
std::string name(EntryType type);

/// A stretch of the log.
using Entries = std::vector<Entry>;

struct Snapshot;  // in raftpb/snapshot.hpp

#endif
/// One message: who sends it to whom, and in which term. `term` is zero for local
/// messages and for proposals; what the other fields mean, the type says.
struct Message {
  MessageType type = MessageType::MsgHup;
  NodeId to = 0;
  NodeId from = 0;
  Term term = 0;
#if STAGE >= MESSAGES

  // A place in the log, and what follows it. In a MsgApp: the entry before the first one
  // sent. In a vote: the candidate's last entry. In an answer: how far the log agrees.
  Term logTerm = 0;  ///< the term of the entry at `index`
  Index index = 0;
  Entries entries = {};
  Index commit = 0;  ///< so far the sender knows everything to be committed

  NodeId vote = 0;  ///< for the thread that writes the log: part of the HardState
  std::shared_ptr<const Snapshot> snapshot = {};  ///< null when there is none

  // In an answer that says no: a place at which the logs may still agree.
  bool reject = false;
  Index rejectHint = 0;

  base::Bytes context = {};  ///< a note of the sender, such as why it campaigns
  std::vector<Message> responses = {};  ///< for a storage thread to send, once it is done

  /// The same in every field, and in the snapshot that both point to.
  bool operator==(const Message& other) const;
#else
  std::vector<Entry> entries = {};

  bool operator==(const Message&) const = default;
#endif
};

}  // namespace raftpb
