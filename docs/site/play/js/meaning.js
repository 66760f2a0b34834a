// What a message is for, in a sentence. Etcd's names.

const MEANING = {
  MsgApp: "The leader's entries. It names the entry that they follow, by term and index, and the leader's commit index.",
  MsgAppResp: "The answer to MsgApp: up to which index the log is the leader's, or no, and where it might be.",
  MsgHeartbeat: "The leader is there. It tells how much is committed of what the follower is known to have.",
  MsgHeartbeatResp: "The answer to a heartbeat: so am I.",
  MsgProp: "Something to be written, on its way to the leader.",
  MsgVote: "A candidate asks for a vote. It tells its term and where its log ends.",
  MsgVoteResp: "The vote: yes, or no.",
};

export const meaning = (type) => MEANING[type] ?? "";
