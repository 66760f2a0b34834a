// What channels and select cost in Go: the same loops as csp_bench.cpp, row by row.
//
//	go test -bench . -cpu 2
//
// ns/op is wall time; cpu-ns/op is the CPU time of the whole process.
package bench

import (
	"sync"
	"syscall"
	"testing"
)

func processTime() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

// start begins the measurement; the function it returns ends it.
func start(b *testing.B) func() {
	b.ResetTimer()
	before := processTime()
	return func() {
		b.StopTimer()
		b.ReportMetric(float64(processTime()-before)/float64(b.N), "cpu-ns/op")
	}
}

// Kept in variables, so that the compiler can not see what a channel is.
var sum, missed int

func BenchmarkReadySelect3(b *testing.B) {
	x, y, done := make(chan int, 1), make(chan int, 1), make(chan struct{})
	defer start(b)()
	for i := 0; i < b.N; i++ {
		select {
		case x <- 1:
		case <-y:
		case <-done:
		}
		select {
		case v := <-x:
			sum += v
		case <-y:
		case <-done:
		}
	}
}

func BenchmarkDefaultMiss(b *testing.B) {
	tickc, done := make(chan struct{}, 1), make(chan struct{})
	tickc <- struct{}{}
	defer start(b)()
	for i := 0; i < b.N; i++ {
		select {
		case tickc <- struct{}{}:
		case <-done:
		default:
			missed++
		}
	}
}

func oneToOne(b *testing.B, capacity int) {
	c, taken := make(chan int, capacity), make(chan struct{})
	go func() {
		for range c {
		}
		close(taken)
	}()
	stop := start(b)
	for i := 0; i < b.N; i++ {
		c <- 1
	}
	stop()
	close(c)
	<-taken
}

func BenchmarkRendezvous(b *testing.B)       { oneToOne(b, 0) }
func BenchmarkBuffered128_1to1(b *testing.B) { oneToOne(b, 128) }

func BenchmarkBuffered128_4to1(b *testing.B) {
	c, stop := make(chan int, 128), make(chan struct{})
	var senders sync.WaitGroup
	for i := 0; i < 4; i++ {
		senders.Add(1)
		go func() {
			defer senders.Done()
			for {
				select {
				case <-stop:
					return
				default:
					c <- 1
				}
			}
		}()
	}
	end := start(b)
	for i := 0; i < b.N; i++ {
		<-c
	}
	end()
	close(stop)
	go func() { senders.Wait(); close(c) }()
	for range c {
	}
}

func BenchmarkPingPong(b *testing.B) {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for v := range ping {
			pong <- v
		}
		close(pong)
	}()
	end := start(b)
	for i := 0; i < b.N; i++ {
		ping <- 1
		<-pong
	}
	end()
	close(ping)
	<-pong
}
