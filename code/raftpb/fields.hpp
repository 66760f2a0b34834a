// The fields of every message, with their numbers: the one place where they are written.
//
// Sizing, writing and reading all walk through these lists, so they cannot disagree. The
// numbers and the order are those of etcd's raft.proto. A number may never be changed or
// used again for something else: there are logs on disks, and nodes of other versions,
// that know it.
//
// A visitor is asked to deal with one field at a time: scalar (a number, an enumeration,
// or true and false), bytes, numbers (any number of them), message (one that is always
// there), optional (one that may be missing), repeated (any number of messages).
//
// Tested by raftpb/codec_test.cpp.
#pragma once

#include <concepts>
#include <type_traits>

#include "raftpb/conf_change.hpp"
#include "raftpb/hard_state.hpp"
#include "raftpb/message.hpp"
#include "raftpb/snapshot.hpp"

namespace raftpb {

/// A T that is read into, or a const T that is written.
template <typename M, typename T>
concept Some = std::same_as<std::remove_const_t<M>, T>;

/// Walks through an entry.
template <typename Visitor, Some<Entry> M>
void visitFields(Visitor& v, M& m) {
  v.scalar(1, m.type);
  v.scalar(2, m.term);
  v.scalar(3, m.index);
  v.bytes(4, m.data);
}

/// Walks through a message.
template <typename Visitor, Some<Message> M>
void visitFields(Visitor& v, M& m) {
  v.scalar(1, m.type);
  v.scalar(2, m.to);
  v.scalar(3, m.from);
  v.scalar(4, m.term);
  v.scalar(5, m.logTerm);
  v.scalar(6, m.index);
  v.repeated(7, m.entries);
  v.scalar(8, m.commit);
  v.optional(9, m.snapshot);
  v.scalar(10, m.reject);
  v.scalar(11, m.rejectHint);
  v.bytes(12, m.context);
  v.scalar(13, m.vote);
  v.repeated(14, m.responses);
}

/// Walks through a hard state.
template <typename Visitor, Some<HardState> M>
void visitFields(Visitor& v, M& m) {
  v.scalar(1, m.term);
  v.scalar(2, m.vote);
  v.scalar(3, m.commit);
}

/// Walks through the members.
template <typename Visitor, Some<ConfState> M>
void visitFields(Visitor& v, M& m) {
  v.numbers(1, m.voters);
  v.numbers(2, m.learners);
  v.numbers(3, m.votersOutgoing);
  v.numbers(4, m.learnersNext);
  v.scalar(5, m.autoLeave);
}

/// Walks through what a snapshot says of itself.
template <typename Visitor, Some<SnapshotMetadata> M>
void visitFields(Visitor& v, M& m) {
  v.message(1, m.confState);
  v.scalar(2, m.index);
  v.scalar(3, m.term);
}

/// Walks through a snapshot.
template <typename Visitor, Some<Snapshot> M>
void visitFields(Visitor& v, M& m) {
  v.bytes(1, m.data);
  v.message(2, m.metadata);
}

/// Walks through the change of one member.
template <typename Visitor, Some<ConfChange> M>
void visitFields(Visitor& v, M& m) {
  v.scalar(1, m.id);
  v.scalar(2, m.type);
  v.scalar(3, m.nodeId);
  v.bytes(4, m.context);
}

/// Walks through one change of several.
template <typename Visitor, Some<ConfChangeSingle> M>
void visitFields(Visitor& v, M& m) {
  v.scalar(1, m.type);
  v.scalar(2, m.nodeId);
}

/// Walks through several changes.
template <typename Visitor, Some<ConfChangeV2> M>
void visitFields(Visitor& v, M& m) {
  v.scalar(1, m.transition);
  v.repeated(2, m.changes);
  v.bytes(3, m.context);
}

}  // namespace raftpb
