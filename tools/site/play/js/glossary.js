// What a message is for, and what a kind of row says, in a sentence. Etcd's names.

const MESSAGES = {
  MsgApp:
    "The leader's entries. It names the entry that they follow, by term and index, and the leader's commit index.",
  MsgAppResp:
    "The answer to MsgApp: up to which index the log is the leader's, or no, and where it might be.",
  MsgHeartbeat:
    "The leader is there. It tells how much is committed of what the follower is known to have.",
  MsgHeartbeatResp: "The answer to a heartbeat: so am I.",
  MsgProp: "Something to be written, on its way to the leader.",
  MsgSnap:
    "The state that a log has led to, for a follower that needs entries which are no longer there.",
  MsgVote: "A candidate asks for a vote. It tells its term and where its log ends.",
  MsgVoteResp: "The vote: yes, or no.",
};

const ROWS = {
  call: "The thread begins to call a function.",
  return: "The call is over, and this is what it gave.",
  park: "The thread leaves a note in each of these channels, and sleeps.",
  wake: "The thread goes on: somebody has found its note.",
  handoff:
    "The value goes from one thread to the other and lies nowhere in between. Whoever comes second does the work.",
  buffer: "The value lies in the channel now, and its sender need not wait.",
  take: "The oldest value leaves the channel's buffer.",
  close: "Nothing will come through this channel any more. Whoever waits for it is woken.",
  drop: "It will not arrive, and nobody is told.",
  send: "It is on its way, and not there yet.",
  arrive: "It is there, and is dealt with.",
  state: "Its part in the cluster is another one from here on.",
  log: "A log: the index and the term of each entry.",
  crash: "It is gone, with all that was in memory only.",
  restart: "It is back, with what lies on its disk.",
};

export const rowMeaning = (kind) => ROWS[kind] ?? "";
export const messageMeaning = (type) => MESSAGES[type] ?? "";
