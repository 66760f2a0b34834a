// Gives etcd's reader from v3.7 on a message in a message in a message. At a depth of 10,000
// it refuses:
//
//	cd code/raftpb/oracle/go37 && go mod tidy && go run ./nested 10000
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"strconv"

	"google.golang.org/protobuf/proto"

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
	fmt.Println("refused:", proto.Unmarshal(bytes, &m))
}
