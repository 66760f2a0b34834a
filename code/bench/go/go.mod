module raftbystep/bench

go 1.20
