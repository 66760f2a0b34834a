// Draft: a copy of the members that one step works on.
//
// If the step is refused the copy is thrown away, and nothing has happened.
//
// Tested by raft/confchange/confchange_test.cpp.
#pragma once

#include "raft/confchange/confchange.hpp"

namespace raft::confchange {

/// The members while a step is made.
class Draft {
 public:
  /// A copy of the members as they are.
  explicit Draft(const Changer& changer);
  Draft(const Draft&) = delete;

  const Members& members() const { return members_; }  ///< as far as the step has come

  /// Makes the changes in the incoming half. Errc::RemovedAllVoters if no voter is left
  /// in it, Errc::UnexpectedConfType if one of them is of a type that we do not know.
  base::Error apply(const Changes& changes);

  void splitVoters(bool autoLeave);  ///< the voters so far become the outgoing half, too
  void joinVoters();                 ///< the outgoing half is let go

  /// The members after the step, checked.
  Members finish();

 private:
  base::Error applyOne(const raftpb::ConfChangeSingle& change);
  void makeVoter(NodeId id);
  void makeLearner(NodeId id);
  void remove(NodeId id);
  void initProgress(NodeId id, bool isLearner);

  const Changer& changer_;
  Members members_;
  tracker::Config& config_ = members_.config;
  tracker::ProgressMap& progress_ = members_.progress;
};

}  // namespace raft::confchange
