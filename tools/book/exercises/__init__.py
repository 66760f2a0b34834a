"""The exercise loop: what an exercise is (model), the reader's copy of it (work), the verdict
(judge, tests, explain), the loop's commands (loop), grading (grade), and the gates that the test
command holds every exercise to (gates)."""
