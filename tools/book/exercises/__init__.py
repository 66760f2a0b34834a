"""The exercise loop: what an exercise is (model), the reader's copy of it (workspace), how far the
reader is (progress), the verdict (judge, build_tree), the solution (solutions), the loop's commands
(loop), grading (grading), what a page has to know (page), and what every exercise must hold
(acceptance).
"""
