module raftbystep/golden36

go 1.23

require go.etcd.io/raft/v3 v3.6.0
