// Configurations as text: "(1 2 3)&&(3 4 5)", and the table of who has acknowledged what.
// The formats are etcd's, to the space, so that its data files judge ours.
// Tested by raft/quorum/majority_test.cpp and raft/quorum/joint_test.cpp.
#include <algorithm>

#include "base/text.hpp"
#include "raft/logger.hpp"
#include "raft/quorum/joint.hpp"
#include "raft/quorum/majority.hpp"

namespace raft::quorum {
namespace {

struct Row {
  NodeId id = 0;
  std::optional<Index> acked;
  std::size_t ahead = 0;  // of so many other voters

  Index index() const { return acked.value_or(0); }
};

// One row a voter, ascending by id. Voters with the same index are ahead of as many.
std::vector<Row> rank(const MajorityConfig& config, const AckedIndexer& acked) {
  std::vector<Row> rows;
  for (const NodeId id : config) rows.push_back({id, acked(id), 0});
  for (Row& row : rows) {
    const auto isLower = [&](const Row& r) { return r.index() < row.index(); };
    row.ahead =
        static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), isLower));
  }
  return rows;
}

// The bar, the index right-aligned in five columns, and who it is.
std::string line(const Row& row, std::size_t voters) {
  const std::string bar = std::string(row.ahead, 'x') + (row.acked ? ">" : "?");
  const std::string index = std::to_string(row.index());
  const std::string gap(voters - row.ahead + 1, ' ');
  const std::string indent(index.size() < 5 ? 5 - index.size() : 0, ' ');
  return base::text(bar, gap, indent, index, "    (id=", hex(row.id), ")\n");
}

}  // namespace

std::string toString(const MajorityConfig& config) {
  std::string ids;
  for (const NodeId id : config) ids += base::text(ids.empty() ? "" : " ", hex(id));
  return base::text("(", ids, ")");
}

std::string toString(const JointConfig& config) {
  const std::string incoming = toString(config.incoming);
  return config.isJoint() ? incoming + "&&" + toString(config.outgoing) : incoming;
}

std::string describe(const MajorityConfig& config, const AckedIndexer& acked) {
  if (config.empty()) return "<empty majority quorum>";
  std::string table = std::string(config.size(), ' ') + "    idx\n";
  for (const Row& row : rank(config, acked)) table += line(row, config.size());
  return table;
}

std::string describe(const JointConfig& config, const AckedIndexer& acked) {
  return describe(MajorityConfig(config.ids()), acked);
}

}  // namespace raft::quorum
