// What a reader will be able to do when Part III has taught it to the node. A test asks the node.

export const LATER = [
  { words: "Hand over to it", command: "transfer-leadership", stage: "TRANSFER" },
  { words: "Remove it", command: "propose-conf-change", stage: "MEMBERSHIP" },
];
