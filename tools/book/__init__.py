"""The ./book command: sets up what is missing and calls the tools that do the work.

say        lines, progress and refusals, on a terminal and off it
proc       other programs: their output, their time limit, their whole process group
setup      which packages each command needs, and how they come here
cmake      configure and build a tree
site       the pictures' programs, the pages
serve      the pages on a local address, reloading when a file is saved
exercises  start, check, hint, reset, solution, grade, and the gates of the exercises
checks     what `./book test` runs, in two slots
bench      our loops beside Go's
"""
