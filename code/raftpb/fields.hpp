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
template <typename Visitor, Some<Entry> E>
void visitFields(Visitor& v, E& e) {
  v.scalar(1, e.type);
  v.scalar(2, e.term);
  v.scalar(3, e.index);
  v.bytes(4, e.data);
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
template <typename Visitor, Some<HardState> H>
void visitFields(Visitor& v, H& h) {
  v.scalar(1, h.term);
  v.scalar(2, h.vote);
  v.scalar(3, h.commit);
}

/// Walks through the members.
template <typename Visitor, Some<ConfState> C>
void visitFields(Visitor& v, C& c) {
  v.numbers(1, c.voters);
  v.numbers(2, c.learners);
  v.numbers(3, c.votersOutgoing);
  v.numbers(4, c.learnersNext);
  v.scalar(5, c.autoLeave);
}

/// Walks through what a snapshot says of itself.
template <typename Visitor, Some<SnapshotMetadata> D>
void visitFields(Visitor& v, D& d) {
  v.message(1, d.confState);
  v.scalar(2, d.index);
  v.scalar(3, d.term);
}

/// Walks through a snapshot.
template <typename Visitor, Some<Snapshot> S>
void visitFields(Visitor& v, S& s) {
  v.bytes(1, s.data);
  v.message(2, s.metadata);
}

/// Walks through the change of one member.
template <typename Visitor, Some<ConfChange> O>
void visitFields(Visitor& v, O& o) {
  v.scalar(1, o.id);
  v.scalar(2, o.type);
  v.scalar(3, o.nodeId);
  v.bytes(4, o.context);
}

/// Walks through one change of several.
template <typename Visitor, Some<ConfChangeSingle> X>
void visitFields(Visitor& v, X& x) {
  v.scalar(1, x.type);
  v.scalar(2, x.nodeId);
}

/// Walks through several changes.
template <typename Visitor, Some<ConfChangeV2> W>
void visitFields(Visitor& v, W& w) {
  v.scalar(1, w.transition);
  v.repeated(2, w.changes);
  v.bytes(3, w.context);
}

}  // namespace raftpb
